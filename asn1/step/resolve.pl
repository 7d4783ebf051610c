#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# resolve.pl PROTOCOL OUT.asn1 OUT.c MODULE.asn...
#   Reads the modules of one protocol (RANAP, RNSAP, RRC) in the standard's own notation, resolves classes, object sets
#   and parameterised types, and writes one plain module that asn1c 0.9.28 compiles, and tables for everything that plain
#   ASN.1 cannot express. Rejects modules whose IMPORTS differ from the symbols that they use.
# resolve.pl --imports MODULE.asn...
#   Only checks the IMPORTS; here an unused import is an error, too.
# The notation that it reads, and the results: asn1/README.md.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Asn1Parse;
use Asn1Imports;
use Asn1Emit;

die "usage: resolve.pl PROTOCOL OUT.asn1 OUT.c MODULE.asn...\n       resolve.pl --imports MODULE.asn...\n"
	if @ARGV < (($ARGV[0] // '') eq '--imports' ? 2 : 4);
my $imports_only = $ARGV[0] eq '--imports' && shift;
my ($protocol, $plain, $tables) = $imports_only ? () : splice(@ARGV, 0, 3);
my $world = Asn1Parse::read_modules(@ARGV);
my @complaints = Asn1Imports::complaints($world, $imports_only);
print STDERR map { "$_\n" } @complaints;
exit(@complaints ? 1 : 0) if @complaints || $imports_only;
my $out = Asn1Emit->new($protocol, $world);
$out->resolve_all();
write_file($plain, $out->plain_module());
write_file($tables, $out->tables());

sub write_file
{
	my ($name, $text) = @_;
	open(my $f, '>', "$name.tmp") or die "resolve.pl: $name.tmp: $!\n";
	print $f $text;
	close($f) or die "resolve.pl: $name.tmp: $!\n";
	rename("$name.tmp", $name) or die "resolve.pl: $name: $!\n";
}
