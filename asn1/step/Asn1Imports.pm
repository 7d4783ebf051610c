# SPDX-License-Identifier: BSD-2-Clause
# Asn1Imports: compares the IMPORTS of a world of Asn1Parse with the symbols that its modules use (X.680 13.16). asn1c gets
# only one plain module and would accept any name; another compiler rejects a module that uses a symbol without importing it.
package Asn1Imports;
use strict;
use warnings;

# A list of errors, each one line: file:line, the symbol, and the right IMPORTS. $unused: also reports an import that its
# module does not use, which ASN.1 allows.
sub complaints
{
	my ($world, $unused) = @_;
	my (%defined, @out);
	$defined{$_->{name}}{$_->{module}} = 1 for @{$world->{assignments}};
	my %used;
	for my $a (@{$world->{assignments}}) {
		for my $r (references($a)) { $used{$a->{module}}{$r->[0]} //= $r->[1] }
	}
	for my $m (sort keys %{$world->{modules}}) {
		my $imports = $world->{modules}{$m}{imports};
		push @out, map { import_complaint($world, \%defined, $m, $_) } @{$world->{modules}{$m}{import_list}};
		for my $name (keys %{$used{$m}}) {
			next if $imports->{$name} || !$defined{$name} || $defined{$name}{$m};
			my $from = join(' or ', sort keys %{$defined{$name}});
			push @out, "$used{$m}{$name}: $m uses $name and does not import it: '$name FROM $from' belongs in its IMPORTS";
		}
		next if !$unused;
		for my $i (@{$world->{modules}{$m}{import_list}}) {
			push @out, "$i->{where}: $m imports $i->{name} and does not use it" if !$used{$m}{$i->{name}};
		}
	}
	return sort by_place @out;
}

sub by_place
{
	my ($file, $line) = $a =~ /^(.*?):(\d+)/;
	my ($other, $other_line) = $b =~ /^(.*?):(\d+)/;
	return $file cmp $other || $line <=> $other_line || $a cmp $b;
}

# The error of a single import.
sub import_complaint
{
	my ($world, $defined, $m, $i) = @_;
	my ($name, $from, $where) = @$i{qw(name from where)};
	my $right = join(' or ', sort keys %{$defined->{$name} // {}});
	my $advice = $right ? "'$name FROM $right' would be right" : 'no module defines it';
	return "$where: $m defines $name and imports it from $from as well" if $defined->{$name} && $defined->{$name}{$m};
	return "$where: $m imports $name from $from, which is not among the modules: $advice" if !$world->{modules}{$from};
	return "$where: $m imports $name from $from, which does not define it: $advice" if !$defined->{$name}{$from};
	return "$where: $m imports $name twice" if $world->{modules}{$m}{imports}{$name} != $i;
	return;
}

# The names that an assignment uses, each [name, where]. They include the words of a class's syntax and of ASN.1 itself,
# which no module defines. Names that the assignment itself defines (members, items of an enumeration, named numbers,
# parameters) are not included.
sub references
{
	my ($a) = @_;
	my @t = @{$a->{tokens}};
	my %own = map { $_ => 1 } @{$a->{params}};
	my (@open, @out);	# @open: for each bracket, whether it contains names of numbers
	for my $i (0 .. $#t) {
		my ($text, $before, $after) = ($t[$i][0], $i ? $t[$i - 1][0] : '', $i < $#t ? $t[$i + 1][0] : '');
		if ($text eq '{' || $text eq '(') {
			push @open, $text eq '{' && $before =~ /^(?:ENUMERATED|INTEGER|STRING)$/;
		} elsif ($text eq '}' || $text eq ')') {
			pop @open;
		} elsif ($text =~ /^[A-Z]/) {
			push @out, $t[$i] if !$own{$text};
		} elsif ($text =~ /^[a-z]/) {
			next if $own{$text} || $before eq '@' || $before eq 'DEFAULT' || ($open[-1] // 0);
			next if ($before eq '{' || $before eq ',' || $before eq '[[') && $after =~ /^[A-Z]/;
			push @out, $t[$i];
		}
	}
	return @out;
}

1;
