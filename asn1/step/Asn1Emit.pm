# SPDX-License-Identifier: BSD-2-Clause
# Asn1Emit: a world of Asn1Parse to a plain module for asn1c and to the tables of asn1/per/per_tables.h.
package Asn1Emit;
use strict;
use warnings;

# OCTET STRINGs whose octets are directly the contents of the open type (TS 25.413 9.3.4, the comments there).
my %direct = map { $_ => 1 } qw(Source-ToTarget-TransparentContainer Target-ToSource-TransparentContainer);
# IE ids from here on belong to the extension.
my $first_own_id = 65000;
my %criticality = (reject => 0, ignore => 1, notify => 2);
my %presence = (optional => 0, conditional => 1, mandatory => 2);

sub new
{
	my ($class, $protocol, $world) = @_;
	return bless { p => $protocol, w => $world, out => [], names => {}, sets => [], pdus => [], notes => [] },
		$class;
}

sub resolve_all
{
	my ($s) = @_;
	for my $key (@{$s->{w}{order}}) {
		my $name = $key;
		my $tree = $s->{w}{types}{$name}{tree};
		$s->{module} = $s->{w}{types}{$name}{module};
		$name = plain_name($name);
		$s->{now} = $name;
		if ($s->is_pdu($tree)) { $s->pdu_part($name, $tree); next }
		my $text = $s->definition($tree, $name);
		defined $text and $s->put($name, $text);
	}
	return if !@{$s->{sets}};
	my $p = $s->{p};
	$s->put('UnknownIE', "SEQUENCE {\n\tplace INTEGER (0..65535),\n\tid INTEGER (0..65535),\n" .
		"\tcriticality ENUMERATED { reject, ignore, notify },\n\tvalue OCTET STRING\n}");
	$s->put('UnknownIEs', "SEQUENCE OF $p-UnknownIE");
}

# "Module Name", the key of a name's second definition, as one name.
sub plain_name { my ($key) = @_; return $key =~ /^(\S+) (\S+)$/ ? "$2-$1" : $key }

# The definition of a name in the present module.
sub lookup { my ($s, $table, $name) = @_; return Asn1Parse::find($s->{w}, $s->{module}, $table, $name) }

sub put
{
	my ($s, $name, $text) = @_;
	$s->{names}{$name}++ and die "resolve.pl: $s->{p} type $name would be written twice\n";
	push @{$s->{out}}, [$name, $text];
}

sub plain_module
{
	my ($s) = @_;
	return "$s->{p}-Resolved DEFINITIONS AUTOMATIC TAGS ::= BEGIN\n" .
		join('', map { "$s->{p}-$_->[0] ::= $_->[1]\n" } @{$s->{out}}) . "END\n";
}

sub type_def
{
	my ($s, $name, $where) = @_;
	return $s->lookup('types', $name) // die(($where // $s->{now}) . ": type $name is not defined\n");
}

# The tree that references lead to, with the constraints of the references appended. An instance of a parameterised type
# counts as written here.
sub follow
{
	my ($s, $t) = @_;
	my @constraints;
	my $steps = 0;
	while ($t->{k} eq 'REF') {
		$steps++ > 100 and die "$t->{where}: $t->{name} refers to itself\n";
		unshift @constraints, @{$t->{constraints} // []};
		my $def = $s->type_def($t->{name}, $t->{where});
		$t = $t->{args} ? Asn1Parse::instantiate($def, $t->{args}) : $def->{tree};
		$t // die "$s->{now}: a parameterised type without parameters\n";
	}
	return $t if !@constraints;
	return { %$t, constraints => [@{$t->{constraints} // []}, @constraints] };
}

# The text after ::= in a type assignment. References are expanded, because asn1c completes its descriptors of aliases
# only at run time.
sub definition
{
	my ($s, $t, $path) = @_;
	my $end = $s->follow($t);
	if ($s->is_field_list($end) || $s->is_field_struct($end)) {
		my ($set, $single) = ($end->{k} eq 'SEQUENCE OF' ? $end->{of} : $end, $end->{k} ne 'SEQUENCE OF');
		return $s->set_type_body($s->follow_container($end));
	}
	return $s->text($end, $path);
}

# Text of a type where it is used as a member: named types by name, the rest in place.
sub text
{
	my ($s, $t, $path) = @_;
	my $k = $t->{k};
	if ($k eq 'REF' && !$t->{args}) {
		my $def = $s->type_def($t->{name}, $t->{where});
		my $end = $s->follow($t);
		return $s->container($end) if $s->is_field_list($end) || $s->is_field_struct($end);
		return $s->text($end, $path) if $t->{constraints};
		$s->note_contents($def->{tree}, $path) if $def->{tree}{containing};
		return "$s->{p}-" . plain_name($def->{key});
	}
	if ($k eq 'REF') {
		my $end = $s->follow($t);
		return $s->text($end, $path);
	}
	return $s->container($t) if $s->is_field_list($t) || $s->is_field_struct($t);
	my $c = $s->constraints($t);
	if ($k eq 'INTEGER') {
		$s->note_union($t, $path);
		$s->note_names($t, $path);
		return 'INTEGER' . $s->named($t) . $c;
	}
	if ($k eq 'BIT STRING') {
		$s->note_contents($t, $path) if $t->{containing};
		push @{$s->{notes}}, [$path, 'NAMED_BITS', 0] if $t->{names} && !$t->{constraints};
		$s->note_names($t, $path);
		return 'BIT STRING' . $s->named($t) . $c;
	}
	if ($k eq 'OCTET STRING') {
		$s->note_contents($t, $path) if $t->{containing};
		return "OCTET STRING$c";
	}
	if ($k eq 'ENUMERATED') {
		return 'ENUMERATED { ' . join(', ',
			map { @$_ > 1 ? "$_->[0] (" . $s->number($_->[1]) . ')' : $_->[0] } @{$t->{items}}) . ' }';
	}
	if ($k eq 'SEQUENCE OF') {
		$s->note_size_union($t, $path);
		return "SEQUENCE$c OF " . $s->item($t->{of}, $path);
	}
	if ($k eq 'SEQUENCE' || $k eq 'CHOICE') {
		return "$k {" . join(',', map { $_ eq '...' ? ' ...' : "\n\t" . $s->member($_,
			$path) } @{$t->{members}}) . "\n}";
	}
	if ($k eq 'FIELD') {
		my $field = $s->class($t->{class})->{fields}{$t->{field}} // die "$s->{now}: no field $t->{field} in $t->{class}\n";
		return $field->{type} ? $s->text($field->{type}, $path) : 'OCTET STRING';
	}
	return $k . $c;
}

# An item of a list. asn1c does not put the list's name before the names inside an anonymous item, so it becomes a
# named type.
sub item
{
	my ($s, $t, $path) = @_;
	return $s->text($t, "$path.*") if $t->{k} ne 'SEQUENCE' && $t->{k} ne 'CHOICE' || $s->is_field_struct($t);
	(my $name = $path) =~ s/[.*]+/-/g;
	$name =~ s/-$//;
	$name .= '-Item';
	$s->put($name, $s->text($t, $name));
	return "$s->{p}-$name";
}

sub member
{
	my ($s, $m, $path) = @_;
	my $line = "$m->{name} " . $s->text($m->{type}, "$path.$m->{name}");
	$line .= ' OPTIONAL' if $m->{optional};
	if (defined $m->{default}) {
		my $value = $s->default_value($m);
		push @{$s->{notes}}, ["$path.$m->{name}", 'DEFAULT', $value];
		# asn1c gets only an optional member: the engine fills in the value
		$line .= ' OPTIONAL';
	}
	return $line;
}

sub default_value
{
	my ($s, $m) = @_;
	my $v = $m->{default};
	my $t = $s->follow($m->{type});
	return $v eq 'TRUE' ? 1 : 0 if $t->{k} eq 'BOOLEAN';
	if ($t->{k} eq 'ENUMERATED') {
		my $next = 0;
		for my $i (@{$t->{items}}) {
			next if $i->[0] eq '...';
			my $n = @$i > 1 ? $s->number($i->[1]) : $next;
			return $n if $i->[0] eq $v;
			$next = $n + 1;
		}
		die "$s->{now}: $v is no value of the enumeration of $m->{name}\n";
	}
	if ($t->{k} eq 'INTEGER') {
		for my $n (@{$t->{names} // []}) { return $s->number($n->[1]) if $n->[0] eq $v }
		return $s->number($v);
	}
	die "$s->{now}: DEFAULT of $m->{name}, a $t->{k}, is not supported\n";
}

sub number
{
	my ($s, $v) = @_;
	my $steps = 0;
	while ($v !~ /^-?\d+$/) {
		$v = $s->lookup('values', $v) // die "$s->{now}: value $v is not defined\n";
		$steps++ > 20 and die "$s->{now}: value $v refers to itself\n";
	}
	return $v + 0;
}

sub named
{
	my ($s, $t) = @_;
	return '' if !$t->{names};
	return ' { ' . join(', ', map { "$_->[0] (" . $s->number($_->[1]) . ')' } @{$t->{names}}) . ' }';
}

sub constraints
{
	my ($s, $t) = @_;
	return '' if !$t->{constraints};
	my $text = '';
	for my $c (@{$t->{constraints}}) {
		my @words = map {
			/^[a-z]/ ?
				$s->number($_) : /^\{/ ? die("$s->{now}: table constraint outside a container\n") : $_
		} without_additions(@$c);
		$text .= ' (' . join(' ', @words) . ')';
	}
	return $text;
}

# asn1c keeps names of numbers and bits in its headers only.
sub note_names
{
	my ($s, $t, $path) = @_;
	push @{$s->{notes}}, [$path, 'NAMES', { map { $_->[0] => $s->number($_->[1]) } @{$t->{names}} }] if $t->{names};
}

# asn1c would add ranges after the extension marker to the root, so it does not get them.
sub without_additions
{
	my (@words) = @_;
	for my $i (0 .. $#words) {
		next if $words[$i] ne '...' || $i == $#words || $words[$i + 1] ne ',';
		return (@words[0 .. $i], $words[-1] eq ')' ? ')' : ());
	}
	return @words;
}

sub note_contents
{
	my ($s, $t, $path) = @_;
	push @{$s->{notes}}, [$path, 'CONTAINING', $t->{containing}];
}

# PER encodes a union as its span; the gaps are checked by the table. Root alternatives only.
sub note_union
{
	my ($s, $t, $path) = @_;
	for my $c (@{$t->{constraints} // []}) { $s->note_ranges($path, 'VALUES', @$c) }
}

sub note_size_union
{
	my ($s, $t, $path) = @_;
	for my $c (@{$t->{constraints} // []}) {
		next if $c->[0] ne 'SIZE';
		$s->note_ranges($path, 'SIZES', @$c[2 .. $#$c - 1]);
	}
}

sub note_ranges
{
	my ($s, $path, $kind, @words) = @_;
	return if !grep { $_ eq '|' || $_ eq '...' } @words;
	my (@ranges, @now);
	for my $w (@words, ',') {
		if ($w eq '|' || $w eq ',') {
			@now == 1 and push @ranges, [$s->number($now[0]), $s->number($now[0])];
			@now == 3 and push @ranges, [$s->number($now[0]), $s->number($now[2])];
			@now = ();
		} elsif ($w eq '...') {
			push @ranges, '...';
		} else {
			push @now, $w;
		}
	}
	# the ranges of an extension are after the marker
	my (@root, @more, $behind);
	for my $r (@ranges) { if (!ref $r) { $behind = 1 } elsif ($behind) { push @more, $r } else { push @root, $r } }
	push @{$s->{notes}}, [$path, $kind, \@root] if @root > 1;
	push @{$s->{notes}}, [$path, "EXTENSION_$kind", \@more] if @more;
}

sub class { my ($s, $n) = @_; return $s->lookup('classes', $n) // die "$s->{now}: class $n is not defined\n" }

# SEQUENCE { id CLASS.&id ({Set}), ... CLASS.&Value ({Set}{@id}) }: one IE.
sub is_field_struct
{
	my ($s, $t) = @_;
	return 0 if $t->{k} ne 'SEQUENCE' || !@{$t->{members}} || !ref $t->{members}[0];
	my $first = $t->{members}[0]{type};
	return $first->{k} eq 'FIELD' && $first->{field} eq '&id';
}

sub is_field_list
{
	my ($s, $t) = @_;
	return 0 if $t->{k} ne 'SEQUENCE OF' || $t->{of}{k} ne 'REF' || !$t->{of}{args};
	return $s->is_field_struct($s->follow($t->{of}));
}

# One part of the PDU: keyed by the class's procedure.
sub is_pdu
{
	my ($s, $t) = @_;
	return 0 if $t->{k} ne 'SEQUENCE' || !@{$t->{members}} || !ref $t->{members}[0];
	my $first = $t->{members}[0]{type};
	return $first->{k} eq 'FIELD' && $first->{field} =~ /^&procedure/;
}

# { kind, set, class, low, high } of a container.
sub follow_container
{
	my ($s, $t) = @_;
	my %c = (single => 1, low => 1, high => 1);
	my $struct = $t;
	if ($t->{k} eq 'SEQUENCE OF') {
		$struct = $s->follow($t->{of});
		my @size = @{$t->{constraints}[0]};
		$c{single} = 0;
		($c{low}, $c{high}) = map { $s->number($_) } @size[2, 4];
	}
	$c{class} = $struct->{members}[0]{type}{class};
	$c{set} = $struct->{members}[0]{type}{set};
	$c{pair} = @{$struct->{members}} == 5;
	$c{keyed} = $s->class($c{class})->{fields}{'&id'}{type};
	$c{struct} = $struct;
	return \%c;
}

# The use of a container: the name of its set's type, which is written at its first use.
sub container
{
	my ($s, $t) = @_;
	my $c = $s->follow_container($t);
	my $p = $s->{p};
	if ($s->follow($c->{keyed})->{k} ne 'INTEGER') {
		# private IEs: no set has any
		if (!$s->{names}{'PrivateIE-Item'}) {
			my $item = join(',', map { "\n\t$_->{name} " . $s->text($_->{type},
				'PrivateIE-Item') } @{$c->{struct}{members}});
			$s->put('PrivateIE-Item', "SEQUENCE {$item\n}");
		}
		return "SEQUENCE (SIZE ($c->{low}..$c->{high})) OF $p-PrivateIE-Item";
	}
	my $name = $s->set_name($c);
	return "$p-$name";
}

sub set_name
{
	my ($s, $c) = @_;
	my $ies = $s->set_ies($c->{set}, $c->{class});
	my $name = @$ies ? plain_name($s->lookup('sets', $c->{set})->{key}) : 'NoIEs';
	my $shape = join(' ', $c->{single}, $c->{pair} ? 1 : 0, $c->{low}, $c->{high});
	my $known = $s->{shapes}{$name};
	$name .= '-Single' if $c->{single} && defined $known && $known ne $shape;
	$name .= "-$c->{low}" if $name eq 'NoIEs' && $c->{low} == 0;
	$name .= '-Single' if $name =~ /^NoIEs/ && $c->{single};
	$name .= '-Pair' if $name =~ /^NoIEs/ && $c->{pair};
	$known = $s->{shapes}{$name};
	if (defined $known) {
		$known eq $shape or die "$s->{now}: $name is used as two kinds of container\n";
		return $name;
	}
	$s->{shapes}{$name} = $shape;
	my $body = $s->set_body($c, $ies, $name);
	$s->put($name, $body);
	return $name;
}

# A named type that is itself a container. A member with the type of its set would nest the set twice, so the members of
# the set are repeated.
sub set_type_body
{
	my ($s, $c) = @_;
	my $name = $s->{now};
	my $ies = $s->set_ies($c->{set}, $c->{class});
	return $s->set_body($c, $ies, $name);
}

sub set_body
{
	my ($s, $c, $ies, $name) = @_;
	my $p = $s->{p};
	my (@lines, %seen);
	for my $ie (@$ies) {
		$seen{$ie->{member}}++ and die "$s->{now}: two IEs $ie->{member} in $c->{set}\n";
		my $here = "$name.$ie->{member}";
		push @lines, $c->{pair} ?
			"$ie->{member} SEQUENCE { first " . $s->text($ie->{type}, "$here.first") . ', second ' .
				$s->text($ie->{second}, "$here.second") . ' } OPTIONAL' :
			"$ie->{member} " . $s->text($ie->{type}, $here) . ' OPTIONAL';
	}
	push @lines, "unknown $p-UnknownIEs OPTIONAL";
	push @{$s->{sets}}, { %$c, ies => $ies, name => $name };
	return 'SEQUENCE {' . join(',', map { "\n\t$_" } @lines) . "\n}";
}

# The IEs of an object set in its order, with those of other sets in place.
sub set_ies
{
	my ($s, $set_name, $class_name) = @_;
	my $set = $s->lookup('sets', $set_name) // die "$s->{now}: object set $set_name is not defined\n";
	my @ies;
	for my $e (Asn1Parse::set_elements($set)) {
		if (ref $e) { push @ies, $s->ie(Asn1Parse::object_from_tokens($s->class($class_name), $e)) }
		elsif ($e =~ /^[A-Z]/) { push @ies, @{$s->set_ies($e, $class_name)} }
		else {
			my $o = $s->lookup('objects', $e) // die "$s->{now}: object $e is not defined\n";
			push @ies, $s->ie(Asn1Parse::object_from_tokens($s->class($class_name), $o->{tokens}));
		}
	}
	return \@ies;
}

sub ie
{
	my ($s, $o) = @_;
	my $member = $o->{'&id'} =~ /^id-(.+)/ ? lcfirst($1) : "iE$o->{'&id'}";
	my $type = $o->{'&Value'} // $o->{'&Extension'} // $o->{'&FirstValue'};
	my $id = $s->number($o->{'&id'});
	my $direct = $type->{k} eq 'REF' && $direct{$type->{name}};
	if ($direct) {
		my $end = $s->follow($type);
		$direct = $end->{k} eq 'OCTET STRING' && !$end->{constraints};
	}
	return {
		member => $member, id => $id, type => $type, second => $o->{'&SecondValue'},
		criticality => $criticality{$o->{'&criticality'} // $o->{'&firstCriticality'}},
		second_criticality => $criticality{$o->{'&secondCriticality'} // 'reject'},
		presence => $presence{$o->{'&presence'}}, direct => $direct ? 1 : 0, own => $id >= $first_own_id ?
			1 : 0,
	};
}

# InitiatingMessage etc.: value becomes a CHOICE of the messages that some procedure has in this place.
sub pdu_part
{
	my ($s, $name, $t) = @_;
	my ($lines, $value_field, $set, $class) = ('', undef, undef, undef);
	my $p = $s->{p};
	for my $m (@{$t->{members}}) {
		if ($m->{type}{k} eq 'FIELD' && $m->{type}{field} =~ /^&[A-Z]/) {
			($value_field, $set, $class) = @{$m->{type}}{qw(field set class)};
			$lines .= "\n\t$m->{name} $p-$name-Value,";
		} else {
			$lines .= "\n\t" . $s->member($m, $name) . ',';
		}
	}
	chop $lines;
	my @rows;
	my %used;
	for my $o ($s->procedures($set, $class)) {
		my $type = $o->{$value_field} // next;
		my $alt = lcfirst($type->{name});
		$alt .= '-' . $o->{name} if $used{$alt}++;
		push @rows, { alt => $alt, type => $s->text($type, $name), key => $s->key($o),
			criticality => $criticality{$o->{'&criticality'} // $s->class($class)->{fields}{'&criticality'}{default}} };
	}
	$s->put("$name-Value",
		'CHOICE {' . join('', map { "\n\t$_->{alt} $_->{type}," } @rows) . "\n\tunknown OCTET STRING\n}");
	$s->put($name, "SEQUENCE {$lines\n}");
	push @{$s->{pdus}}, { name => $name, rows => \@rows };
}

sub procedures
{
	my ($s, $set_name, $class_name) = @_;
	my $set = $s->lookup('sets', $set_name) // die "$s->{now}: object set $set_name is not defined\n";
	my @out;
	for my $e (Asn1Parse::set_elements($set)) {
		if (!ref $e && $e =~ /^[A-Z]/) { push @out, $s->procedures($e, $class_name); next }
		my $name = ref $e ? '' : $e;
		my $tokens = ref $e ?
			$e : ($s->lookup('objects', $e) // die "$s->{now}: object $e is not defined\n")->{tokens};
		my $o = Asn1Parse::object_from_tokens($s->class($class_name), $tokens);
		$o->{name} = $name;
		push @out, $o;
	}
	return @out;
}

# The key of a procedure: its code, and in RNSAP the mode (tdd 0, fdd 1, common 2) above it.
sub key
{
	my ($s, $o) = @_;
	my $v = $o->{'&procedureCode'} // $o->{'&procedureID'};
	return $s->number($v) if !ref $v;
	my %f;
	my @words = @$v;
	for my $i (0 .. $#words - 1) { $f{$words[$i]} = $words[$i + 1] if $words[$i] =~ /^(procedureCode|ddMode)$/ }
	my %mode = (tdd => 0, fdd => 1, common => 2);
	return $s->number($f{procedureCode}) | $mode{$f{ddMode}} << 8;
}

sub c_name { my ($s, $n) = @_; my $c = "$s->{p}_$n"; $c =~ tr/-/_/; return $c }

sub tables
{
	my ($s) = @_;
	my ($p, $l) = ($s->{p}, lc $s->{p});
	my $text = "/* Generated by resolve.pl from the $p modules. */\n#include \"asn1/per/per_tables.h\"\n#include \"gen-$l.h\"\n\n";
	my @sets;
	for my $set (@{$s->{sets}}) {
		my $c = $s->c_name($set->{name});
		my $n = @{$set->{ies}};
		$text .= "static const struct per_table_ie ies_$c\[] = {\n" . join('', map {
			"\t{ $_->{id}, $_->{criticality}, $_->{presence}, $_->{second_criticality}, $_->{direct}, $_->{own} },\n"
		} @{$set->{ies}}) . "};\n" if $n;
		my $kind = $set->{pair} ? 'PER_SET_PAIR' : $set->{class} =~ /EXTENSION/ ? 'PER_SET_EXTENSIONS' : 'PER_SET_IES';
		push @sets, "\t{ &asn_DEF_$c, $kind, $set->{single}, $set->{low}, $set->{high}, $n, " . ($n ?
			"ies_$c" : 'NULL') . " },\n";
	}
	my @pdus;
	for my $pdu (@{$s->{pdus}}) {
		my $c = $s->c_name($pdu->{name});
		$text .= "static const struct per_table_procedure procedures_$c\[] = {\n" .
			join('',
				map { "\t{ $_->{key}, $_->{criticality} },\n" } @{$pdu->{rows}}) . "};\n" if @{$pdu->{rows}};
		push @pdus, "\t{ &asn_DEF_$c, " . @{$pdu->{rows}} . ', ' . (@{$pdu->{rows}} ?
			"procedures_$c" : 'NULL') . " },\n";
	}
	my (@notes, $ranges);
	$ranges = 0;
	for my $n (@{$s->{notes}}) {
		my ($path, $kind, $v) = @$n;
		my ($top, $rest) = $path =~ /^([^.]+)\.?(.*)$/;
		next if !$s->{names}{$top};
		my ($number, $list, $name) = (0, 'NULL', 'NULL');
		my $names = 'NULL';
		if (ref $v eq 'HASH') {
			my @order = sort { $v->{$a} <=> $v->{$b} || $a cmp $b } keys %$v;
			$text .= "static const struct per_table_name names_$ranges\[] = { " . join(', ',
				map { "{ $v->{$_}, \"$_\" }" } @order) . " };\n";
			($number, $names) = (scalar @order, "names_$ranges");
			$ranges++;
		} elsif (ref $v) {
			$text .= "static const struct per_table_range ranges_$ranges\[] = { " . join(', ',
				map { "{ $_->[0], $_->[1] }" } @$v) . " };\n";
			($number, $list) = (scalar @$v, "ranges_$ranges");
			$ranges++;
		} elsif ($kind eq 'CONTAINING') {
			$name = "\"$v\"";
		} else {
			$number = $v;
		}
		push @notes,
			"\t{ &asn_DEF_" . $s->c_name($top) . ", \"$rest\", PER_NOTE_$kind, $number, $list, $names, $name },\n";
	}
	$text .= list('per_table_set', 'sets', \@sets) . list('per_table_pdu', 'pdus',
		\@pdus) . list('per_table_note', 'notes', \@notes);
	$text .= "\nconst struct per_tables per_tables_$l = { " .
		join(', ', map { $$_[1] ? "$$_[1], $$_[0]" : '0, NULL' } ['sets', scalar @sets],
			['pdus', scalar @pdus], ['notes', scalar @notes]) . " };\n";
	return $text;
}

sub list
{
	my ($type, $name, $rows) = @_;
	return '' if !@$rows;
	return "\nstatic const struct $type $name\[] = {\n" . join('', @$rows) . "};\n";
}

# Names of the types written, for the table of all protocols.
sub type_names { my ($s) = @_; return map { $_->[0] } @{$s->{out}} }

1;
