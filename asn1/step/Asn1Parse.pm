# SPDX-License-Identifier: BSD-2-Clause
# Asn1Parse: ASN.1 text to trees. A world is { types, values, classes, objects, sets }, each by name, with the modules and
# their assignments in the order of the files. A tree node is a hash with its kind in k. Parameterised types keep their
# tokens until they are instantiated.
package Asn1Parse;
use strict;
use warnings;

my $TOKEN = qr/::=|\.\.\.|\.\.|\[\[|\]\]|'[^']*'[HB]|"(?:[^"]|"")*"|&?[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*|-?\d+|[{}()\[\],;:|<>@.^!]/;

# The tokens of the present parser and the position in them; each token is [text, file:line].
my ($tok, $at) = ([], 0);

sub read_modules
{
	my $world = { types => {}, values => {}, classes => {}, objects => {}, sets => {}, order => [], modules => {},
		assignments => [] };
	for my $file (@_) {
		($tok, $at) = ([tokens($file)], 0);
		module($world) while $at < @$tok;
	}
	return $world;
}

# A comment ends at the next double hyphen or at the end of its line.
sub tokens
{
	my ($file) = @_;
	open(my $f, '<', $file) or die "resolve.pl: $file: $!\n";
	my @out;
	while (my $line = <$f>) {
		my @parts = split(/--/, $line, -1);
		for (my $i = 0; $i < @parts; $i += 2) {
			my $text = $parts[$i];
			$text =~ s/\xc2?\xa0/ /g;
			while ($text =~ /\G\s*($TOKEN)/gc) {
				push @out, [$1, "$file:$."];
			}
			$text =~ /\G\s*(\S.*)/gc and die "$file:$.: cannot read '$1'\n";
		}
	}
	close($f);
	return @out;
}

sub peek { my $i = $at + ($_[0] // 0); return $i < @$tok ? $tok->[$i][0] : '' }
sub take { my $t = $at < @$tok ? $tok->[$at][0] : ''; $at++; return $t }
sub where { return $at < @$tok ? $tok->[$at][1] : @$tok ? "$tok->[-1][1] (end)" : 'nowhere' }
sub fail { die where() . ': ' . join('', @_) . "\n" }
sub want { my ($t) = @_; peek() eq $t or fail("'$t' expected, not '" . peek() . "'"); $at++ }
sub accept_token { my ($t) = @_; return 0 if peek() ne $t; $at++; return 1 }

# Tokens from here to the bracket that closes the one here, both included.
sub bracketed
{
	my %close = ('{' => '}', '(' => ')');
	my ($from, $depth) = ($at, 0);
	exists $close{peek()} or fail("'{' or '(' expected, not '" . peek() . "'");
	do {
		my $t = take();
		$depth++ if $t eq '{' || $t eq '(';
		$depth-- if $t eq '}' || $t eq ')';
		$t eq '' and fail('bracket without its end');
	} while $depth;
	return @$tok[$from .. $at - 1];
}

sub module
{
	my ($world) = @_;
	my $name = take();
	$name =~ /^[A-Z]/ or fail("module name expected, not '$name'");
	bracketed() if peek() eq '{';
	want($_) for qw(DEFINITIONS AUTOMATIC TAGS ::= BEGIN);
	if (accept_token('EXPORTS')) { 1 while take() ne ';' }
	exists $world->{modules}{$name} and fail("module $name is defined twice");
	my @imports = accept_token('IMPORTS') ? imports() : ();
	my %by_name;
	$by_name{$_->{name}} //= $_ for @imports;
	$world->{modules}{$name} = { imports => \%by_name, import_list => \@imports };
	until (peek() eq 'END' || peek() eq '') {
		my $from = $at;
		my ($assigned, @params) = (peek(), assignment($world, $name));
		push @{$world->{assignments}}, { module => $name, name => $assigned, params => \@params,
			tokens => [@$tok[$from .. $at - 1]] };
	}
	want('END');
}

# SYMBOL, SYMBOL{} ... FROM MODULE ... ; as a list of { name, from, where }.
sub imports
{
	my (@out, @symbols);
	until (accept_token(';')) {
		my $here = where();
		my $t = take();
		$t eq '' and fail('IMPORTS without ;');
		if ($t eq 'FROM') {
			my $from = take();
			bracketed() if peek() eq '{';
			push @out, map { { %$_, from => $from } } @symbols;
			@symbols = ();
		} elsif ($t =~ /^[A-Za-z]/) {
			bracketed() if peek() eq '{';
			push @symbols, { name => $t, where => $here };
		}
	}
	return @out;
}

# Returns the names of its parameters.
sub assignment
{
	my ($world, $module) = @_;
	my $here = where();
	my $name = take();
	if ($name =~ /^[a-z]/) {
		my $type = take();
		if (peek() eq '::=') {
			take();
			if (peek() eq '{') {
				define($world, $module, 'objects', $name, { class => $type, tokens => [bracketed()] },
					$here);
			} else {
				define($world, $module, 'values', $name, take(), $here);
			}
			return;
		}
		fail("value of a type that is not a plain name is not supported");
	}
	if (peek() eq '{') {
		my @formal = bracketed();
		want('::=');
		my @params;
		for my $p (split_commas(@formal[1 .. $#formal - 1])) { push @params, $p->[-1][0] }
		my $from = $at;
		skip_type();
		define($world, $module, 'types', $name, { params => \@params, tokens => [@$tok[$from .. $at - 1]] },
			$here);
		return @params;
	}
	if (peek() ne '::=') {
		my $class = take();
		want('::=');
		define($world, $module, 'sets', $name, { class => $class, tokens => [bracketed()] }, $here);
		return;
	}
	take();
	if (accept_token('CLASS')) {
		define($world, $module, 'classes', $name, class_body(), $here);
		return;
	}
	push @{$world->{order}}, define($world, $module, 'types', $name, { tree => type() }, $here);
	return;
}

# The definition of a name in a module: the module's own, otherwise the only one.
sub find
{
	my ($world, $module, $table, $name) = @_;
	return $world->{$table}{"$module $name"} // $world->{$table}{$name};
}

sub define
{
	my ($world, $module, $table, $name, $what, $here) = @_;
	# two modules may use one name: the later definition is found from its own module (find())
	my $key = exists $world->{$table}{$name} ? "$module $name" : $name;
	exists $world->{$table}{$key} ||
		($world->{definer}{$table}{$name} // '') eq $module and die "$here: $name is defined twice\n";
	$world->{definer}{$table}{$name} //= $module;
	$world->{$table}{$key} = $what;
	if (ref $what) { $what->{where} = $here; $what->{module} = $module; $what->{key} = $key }
	return $key;
}

# The extent of a type, if its tokens are needed and not its tree.
sub skip_type { type(); }

sub split_commas
{
	my (@in) = @_;
	my @out = ([]);
	my $depth = 0;
	for my $t (@in) {
		$depth++ if $t->[0] eq '{' || $t->[0] eq '(';
		$depth-- if $t->[0] eq '}' || $t->[0] eq ')';
		if ($t->[0] eq ',' && !$depth) { push @out, []; next }
		push @{$out[-1]}, $t;
	}
	return @out;
}

# Fields are { name => { type => tree or undef for a type field, default => text } }; syntax is a list of words, field
# names with &, and lists for the optional groups.
sub class_body
{
	my %fields;
	want('{');
	until (accept_token('}')) {
		my $field = take();
		$field =~ /^&/ or fail("field expected, not '$field'");
		my %f;
		$f{type} = type() if $field =~ /^&[a-z]/;
		$f{default} = take() if !accept_token('UNIQUE') && !accept_token('OPTIONAL') && accept_token('DEFAULT');
		accept_token('OPTIONAL');
		$fields{$field} = \%f;
		accept_token(',');
	}
	want('WITH');
	want('SYNTAX');
	want('{');
	my $syntax = syntax_group('}');
	return { fields => \%fields, syntax => $syntax };
}

sub syntax_group
{
	my ($end) = @_;
	my @list;
	until (accept_token($end)) {
		push @list, accept_token('[') ? syntax_group(']') : take();
	}
	return \@list;
}

# One object, or part of one, by its class's syntax: { &field => tree or value }.
sub object_by_syntax
{
	my ($class, $syntax, $object) = @_;
	for my $s (@$syntax) {
		if (ref $s) {
			object_by_syntax($class, $s, $object) if peek() eq $s->[0];
		} elsif ($s =~ /^&[A-Z]/) {
			$object->{$s} = type();
		} elsif ($s =~ /^&/) {
			$object->{$s} = peek() eq '{' ? [map { $_->[0] } bracketed()] : take();
		} else {
			want($s);
		}
	}
}

# Runs $code on other tokens than the present ones.
sub with_tokens
{
	my ($tokens, $code) = @_;
	my @saved = ($tok, $at);
	($tok, $at) = ($tokens, 0);
	my @result = $code->();
	($tok, $at) = @saved;
	return wantarray ? @result : $result[0];
}

sub object_from_tokens
{
	my ($class, $tokens) = @_;
	my %object;
	with_tokens($tokens, sub {
		want('{');
		object_by_syntax($class, $class->{syntax}, \%object);
		want('}');
	});
	return \%object;
}

sub type_from_tokens
{
	my ($tokens) = @_;
	return with_tokens($tokens, sub {
		my $t = type();
		$at == @$tok or fail("'" . peek() . "' after the type");
		return $t;
	});
}

sub type
{
	my $t = type_without_constraint();
	while (peek() eq '(') { push @{$t->{constraints}}, [map { $_->[0] } inner(bracketed())] }
	contents($t);
	return $t;
}

sub inner { my (@t) = @_; return @t[1 .. $#t - 1] }

# CONTAINING is removed from the constraints: it does not affect PER.
sub contents
{
	my ($t) = @_;
	return if !$t->{constraints};
	my @keep;
	for my $c (@{$t->{constraints}}) {
		if ($c->[0] eq 'CONTAINING') { $t->{containing} = $c->[1] } else { push @keep, $c }
	}
	$t->{constraints} = @keep ? \@keep : undef;
}

sub type_without_constraint
{
	my $here = where();
	my $t = take();
	if ($t eq 'BOOLEAN' || $t eq 'NULL' || $t eq 'UTCTime' || $t eq 'PrintableString' || $t eq 'IA5String' ||
		$t eq 'VisibleString') {
		return { k => $t };
	}
	if ($t eq 'OBJECT') { want('IDENTIFIER'); return { k => 'OBJECT IDENTIFIER' } }
	if ($t eq 'INTEGER') { return { k => 'INTEGER', peek() eq '{' ? (names => names()) : () } }
	if ($t eq 'BIT') { want('STRING'); return { k => 'BIT STRING', peek() eq '{' ? (names => names()) : () } }
	if ($t eq 'OCTET') { want('STRING'); return { k => 'OCTET STRING' } }
	if ($t eq 'ENUMERATED') { return { k => 'ENUMERATED', items => enumeration() } }
	if ($t eq 'CHOICE') { return { k => 'CHOICE', members => members(0) } }
	if ($t eq 'SEQUENCE') {
		return { k => 'SEQUENCE', members => members(1) } if peek() eq '{';
		my $size;
		if (peek() eq '(') {
			$size = [map { $_->[0] } inner(bracketed())];
		} elsif (accept_token('SIZE')) {
			$size = ['SIZE', map { $_->[0] } bracketed()];
		}
		want('OF');
		return { k => 'SEQUENCE OF', constraints => $size ? [$size] : undef, of => type() };
	}
	$t =~ /^[A-Z]/ or fail("type expected, not '$t'");
	if (peek() eq '.' && peek(1) =~ /^&/) {
		take();
		my $field = take();
		my $set;
		if (peek() eq '(') {
			my @c = inner(bracketed());
			@c >= 3 && $c[0][0] eq '{' or fail("object set expected after $t.$field");
			$set = $c[1][0];
		}
		return { k => 'FIELD', class => $t, field => $field, set => $set };
	}
	return { k => 'REF', name => $t, where => $here, args => [inner(bracketed())] } if peek() eq '{';
	return { k => 'REF', name => $t, where => $here };
}

# { name (3), ... } as [[name, number], ...]; numbers may be names of values.
sub names
{
	my @list;
	want('{');
	until (accept_token('}')) {
		my $name = take();
		want('(');
		push @list, [$name, take()];
		want(')');
		accept_token(',');
	}
	return \@list;
}

sub enumeration
{
	my @list;
	want('{');
	until (accept_token('}')) {
		my $name = take();
		my @number;
		if (accept_token('(')) { @number = (take()); want(')') }
		push @list, [$name, @number];
		accept_token(',');
	}
	return \@list;
}

# Members of a SEQUENCE or alternatives of a CHOICE: { name, type, optional, default } or the string '...'.
sub members
{
	my ($sequence) = @_;
	my @list;
	want('{');
	until (accept_token('}')) {
		if (accept_token('...')) {
			push @list, '...';
		} else {
			my $name = take();
			$name =~ /^[a-z]/ or fail("member expected, not '$name'");
			my %m = (name => $name, type => type());
			if ($sequence) {
				$m{optional} = 1 if accept_token('OPTIONAL');
				$m{default} = take() if accept_token('DEFAULT');
			}
			push @list, \%m;
		}
		peek() eq '}' or want(',');
	}
	return \@list;
}

# The tokens of a parameterised type with the actual parameters inserted: an object set without its braces, anything else
# unchanged.
sub instantiate
{
	my ($def, $args) = @_;
	my @actual = split_commas(@$args);
	@actual == @{$def->{params}} or die "$def->{where}: " . @{$def->{params}} . " parameters wanted\n";
	my %put;
	for my $i (0 .. $#actual) {
		my @a = @{$actual[$i]};
		@a = @a[1 .. $#a - 1] if $a[0][0] eq '{';
		$put{$def->{params}[$i]} = \@a;
	}
	return type_from_tokens([map { exists $put{$_->[0]} ? @{$put{$_->[0]}} : $_ } @{$def->{tokens}}]);
}

# The members of an object set in their order: each a list of tokens (object) or a name (object or set); the extension
# marker is dropped.
sub set_elements
{
	my ($set) = @_;
	my @in = @{$set->{tokens}};
	return with_tokens([@in[1 .. $#in - 1]], sub {
		my @out;
		while (peek() ne '') {
			if (accept_token('|') || accept_token(',') || accept_token('...')) { next }
			push @out, peek() eq '{' ? [bracketed()] : take();
		}
		return @out;
	});
}

1;
