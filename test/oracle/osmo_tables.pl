#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
# osmo_tables.pl INCLUDE-FOLDER RANAP-MODULE ... > osmo_tables.h
# The data of libosmo-ranap that osmo_ranap.c needs: of each message, its functions and the members of its IE struct, from the
# library's ranap_ies_defs.h; of each IE, its id, from this project's modules; of each id, the type of an open type's octets.
use strict;
use warnings;

my ($include, @modules) = @ARGV;
my $text = '';
$text .= slurp($_) for @modules;
$text =~ s/--.*//g;

# From this project's modules: object sets, IE containers of messages, procedures.
my %set;	# set -> [[id, role, type], ...]
while ($text =~ /^([A-Z][\w-]*)\s+RANAP-PROTOCOL-(?:IES|EXTENSION|IES-PAIR)\s*::=\s*\{(.*?)^\}/gms) {
	my ($name, $body) = ($1, $2);
	$body =~ s/\s+/ /g;
	push @{ $set{$name} }, [$1, $2, $3] while $body =~ /ID ([\w-]+) CRITICALITY \w+ (TYPE|EXTENSION) ([\w-]+)/g;
	while ($body =~ /ID ([\w-]+) FIRST CRITICALITY \w+ FIRST TYPE ([\w-]+) SECOND CRITICALITY \w+ SECOND TYPE ([\w-]+)/g) {
		push @{ $set{$name} }, [$1, 'FIRST', $2], [$1, 'SECOND', $3];
	}
}
my %ies_of;	# message -> the set of its IEs
$ies_of{$1} = $2
	while $text =~ /^([A-Z][\w-]*)\s*::=\s*SEQUENCE\s*\{\s*protocolIEs\s+ProtocolIE-Container\s*\{\s*\{\s*([\w-]+)/gm;
my %number;
$number{$1} = $2 while $text =~ /^\s*(id-[\w-]+)\s+INTEGER\s*::=\s*(\d+)/gm;
my %kind = ('INITIATING MESSAGE' => 'initiatingMessage', 'SUCCESSFUL OUTCOME' => 'successfulOutcome',
	'UNSUCCESSFUL OUTCOME' => 'unsuccessfulOutcome', 'OUTCOME' => 'outcome');
my %place;	# message -> [kind, procedure code]
while ($text =~ /RANAP-ELEMENTARY-PROCEDURE\s*::=\s*\{(.*?)\}/gs) {
	my $body = $1;
	my ($code) = $body =~ /PROCEDURE\s+CODE\s+(id-[\w-]+)/ or next;
	push @{ $place{$2} }, [$kind{$1}, $number{$code}]
		while $body =~ /\b(INITIATING MESSAGE|SUCCESSFUL OUTCOME|UNSUCCESSFUL OUTCOME|OUTCOME)\s+([\w-]+)/g;
}

# From the library.
my %has;
for my $header (glob("$include/RANAP_*.h")) {
	my $declarations = slurp($header);
	$has{$1} = 1 while $declarations =~ /extern asn_TYPE_descriptor_t asn_DEF_(\w+);/g;
}
my $defs = slurp("$include/ranap_ies_defs.h");
my %member;	# struct -> [[type, name], ...]
while ($defs =~ /typedef struct (\w+)_s \{(.*?)^\} \1_t;/gms) {
	my ($name, $body) = ($1, $2);
	next if $body =~ /union/;
	push @{ $member{$name} }, [$1, $2] while $body =~ /^\s+(\w+)_t\s+(\w+);/gm;
}

print "/* Made by osmo_tables.pl. */\n";
my (@rows, %seen);
while ($defs =~ /int ranap_encode_(\w+)\(\s*RANAP_(\w+)_t \*\w+,\s*(\w+)_t \*/g) {
	my ($lower, $type, $struct) = ($1, $2, $3);
	my ($message) = grep { c_name($_) eq $type } keys %place or next;
	my @ies;
	for my $m (@{ $member{$struct} }) {
		next if $m->[1] eq 'presenceMask';
		my ($ie) = grep { lc c_name(substr($_->[0], 3)) eq lc $m->[1] } @{ $set{ $ies_of{$message} } };
		die "osmo_tables.pl: $struct: which IE is $m->[1]?\n" if !$ie;
		my $mask = uc("${struct}_$m->[0]_PRESENT");
		$mask =~ s/^RANAP_//;
		$mask = 0 if $defs !~ /#define $mask\b/;
		my $shared = $mask && 1 < grep { $_->[0] eq $m->[0] } @{ $member{$struct} };
		push @ies, sprintf("\t{ %d, &asn_DEF_%s, offsetof(%s_t, %s), sizeof(%s_t), %s, %s },\n", $number{ $ie->[0] }, $m->[0],
			$struct, $m->[1], $m->[0], $shared ? (0, 'true') : ($mask, 'false'));
	}
	my $masked = (grep { $_->[1] eq 'presenceMask' } @{ $member{$struct} }) ? 1 : 0;
	print "static const struct ie ies_$lower\[] = {\n", @ies, "};\n" if @ies;
	print "FUNCTIONS($lower, $type, $struct)\n";
	for my $p (@{ $place{$message} }) {
		push @rows, sprintf("\t{ RANAP_RANAP_PDU_PR_%s, %d, \"%s\", %s, %d, %d,\n\t\t&asn_DEF_RANAP_%s, ranap_generate_%s, %s },\n",
			$p->[0], $p->[1], $message, @ies ? "ies_$lower" : 'NULL', scalar @ies, $masked, $type,
			$p->[0] =~ s/([A-Z])/_\l$1/gr, "decode_$lower, encode_$lower, free_$lower");
	}
}
die "osmo_tables.pl: no message in $include/ranap_ies_defs.h\n" if !@rows;
print "static const struct message messages[] = {\n", @rows, "};\n";
print "static const struct open_type open_types[] = {\n";
for my $object (map { @$_ } @set{ sort keys %set }) {
	my ($id, $role, $type) = @$object;
	my $c = 'RANAP_' . c_name($type);
	my $row = "\t{ $number{$id}, ROLE_$role, &asn_DEF_$c },\n";
	print $row if $has{$c} && !$seen{$row}++;
}
print "};\n";

sub c_name { return $_[0] =~ s/-/_/gr }

sub slurp
{
	my ($path) = @_;
	open(my $f, '<', $path) or die "osmo_tables.pl: $path: $!\n";
	local $/;
	return scalar <$f>;
}
