/* SPDX-License-Identifier: BSD-2-Clause */
/* main.c: iuplus-pdu: the subcommands and the options. */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/tool/pdu/pdu.h"
#include "src/tool/pdu/run.h"

static const struct pdu_command commands[] = {
	{ "decode", "[FILE]", "PDUs into text, JSON, XER, or another format of -o", PDU_TEXT, pdu_run_decode, NULL },
	{ "encode", "[FILE]", "JSON or XER into PDUs", PDU_HEX, pdu_run_encode, NULL },
	{ "check", "[FILE]", "decode, validate, encode again, compare; a verdict per PDU", PDU_TEXT, pdu_run_check,
	  NULL },
	{ "judge", "[FILE]", "a capture's procedures: which rules of the standard were kept and broken", PDU_TEXT, NULL,
	  pdu_judge },
	{ "list", "[WORD]", "the types, those with WORD in their names", PDU_TEXT, NULL, NULL },
};
#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

enum { OPT_OFFSET = 256, OPT_BITS, OPT_KEYLOG, OPT_JSON, OPT_JUNIT };

/* The usage text is generated from this table too. */
static const struct {
	struct option option;
	const char *argument, *text;
} options_table[] = {
	{ { "pdu", required_argument, NULL, 'p' },
	  "TYPE",
	  "the type: RANAP-PDU, DL-DCCH-Message, RRC:Cause, any other; list: all" },
	{ { "in", required_argument, NULL, 'i' },
	  "FMT",
	  "format of the input: hex, bin, pcap, json, xer (default: detected)" },
	{ { "out", required_argument, NULL, 'o' }, "FMT", "format of the output: text, json, xer, hex, bin, pcap" },
	{ { "write", required_argument, NULL, 'w' }, "FILE", "write to FILE instead of standard output" },
	{ { "bit-offset", required_argument, NULL, OPT_OFFSET }, "N", "skip N bits before each PDU (hex, bin)" },
	{ { "bits", no_argument, NULL, OPT_BITS }, NULL, "decode: the map of bits, one line per field" },
	{ { "keylog", required_argument, NULL, OPT_KEYLOG },
	  "FILE",
	  "keys: verify MAC-I of RRC messages, decipher the radio" },
	{ { "json", no_argument, NULL, OPT_JSON }, NULL, "judge: JSON" },
	{ { "junit", no_argument, NULL, OPT_JUNIT }, NULL, "judge: JUnit XML, a test case per rule" },
	{ { "verbose", no_argument, NULL, 'v' }, NULL, "judge: how often each rule was kept, broken, unknown" },
	{ { "help", no_argument, NULL, 'h' }, NULL, "this text" },
	{ { "version", no_argument, NULL, 'V' }, NULL, "the version" },
};
#define OPTIONS (sizeof(options_table) / sizeof(options_table[0]))

static void usage(FILE *to)
{
	unsigned i;

	fputs("usage: iuplus-pdu COMMAND [OPTION ...] [FILE]      FILE - (or none): standard input\n\n", to);
	for (i = 0; i < COMMANDS; i++)
		fprintf(to, "  %-7s %-7s %s\n", commands[i].name, commands[i].argument, commands[i].text);
	fputc('\n', to);
	for (i = 0; i < OPTIONS; i++) {
		const struct option *o = &options_table[i].option;
		char left[48];
		char key[8] = "   ";

		if (o->val < 256)
			snprintf(key, sizeof(key), "-%c,", o->val);
		snprintf(left, sizeof(left), "%s --%s %s", key, o->name,
			 options_table[i].argument ? options_table[i].argument : "");
		fprintf(to, "  %-22s %s\n", left, options_table[i].text);
	}
	fputs("\nexit status: 0 all good, 1 a PDU failed or a rule was broken, 64 invalid usage, 65 input that cannot be read\n",
	      to);
}

static int complain(const char *what, const char *which)
{
	fprintf(stderr, "iuplus-pdu: %s%s%s (see iuplus-pdu --help)\n", what, which ? ": " : "", which ? which : "");
	return PDU_USAGE;
}

static enum pdu_format format_of(const char *name)
{
	static const struct {
		const char *name;
		enum pdu_format format;
	} formats[] = {
		{ "hex", PDU_HEX },  { "od", PDU_HEX },       { "bin", PDU_BIN },        { "aper", PDU_BIN },
		{ "uper", PDU_BIN }, { "pcap", PDU_CAPTURE }, { "pcapng", PDU_CAPTURE }, { "json", PDU_JSON },
		{ "jer", PDU_JSON }, { "xer", PDU_XER },      { "text", PDU_TEXT },
	};
	unsigned i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(name, formats[i].name) == 0)
			return formats[i].format;
	}
	return PDU_UNKNOWN;
}

static int no_type(const char *why, const char *name)
{
	const struct iuplus_asn1_type *near = pdu_type_near(name);

	if (strncmp(why, "more", 4) == 0)
		return complain(why, name);
	if (near)
		fprintf(stderr, "iuplus-pdu: %s: %s; is %s:%s meant?\n", why, name, near->protocol, near->name);
	else
		fprintf(stderr, "iuplus-pdu: %s: %s (iuplus-pdu list WORD lists the types with WORD in their names)\n",
			why, name);
	return PDU_USAGE;
}

/* Processes one option. Returns 0, or the exit status. *listing: -p list. */
static int take_option(int c, struct pdu_options *o, bool *listing)
{
	const char *why;
	char *after;

	switch (c) {
	case 'p':
		*listing = strcmp(optarg, "list") == 0;
		o->type = *listing ? NULL : pdu_type(optarg, &why);
		return *listing || o->type ? 0 : no_type(why, optarg);
	case 'i':
		o->in = format_of(optarg);
		return o->in && o->in != PDU_TEXT ?
			       0 :
			       complain("only hex, bin, pcap, json and xer can be read, not", optarg);
	case 'o':
		o->out = format_of(optarg);
		return o->out ? 0 : complain("only text, json, xer, hex, bin and pcap can be written, not", optarg);
	case 'w':
		o->write = optarg;
		return 0;
	case OPT_OFFSET:
		errno = 0;
		o->bit_offset = strtoul(optarg, &after, 10);
		return *after || after == optarg || errno || *optarg == '-' || o->bit_offset > 8u * PDU_MOST_OCTETS ?
			       complain("not a number of bits", optarg) :
			       0;
	case OPT_BITS:
		o->bit_map = true;
		return 0;
	case OPT_JSON:
		o->json = true;
		return 0;
	case OPT_JUNIT:
		o->junit = true;
		return 0;
	case 'v':
		o->verbose = true;
		return 0;
	case OPT_KEYLOG:
		o->keylog = optarg;
		return 0;
	default:
		return complain("an option is unknown or lacks its argument", NULL);
	}
}

static int list_types(const char *pattern)
{
	return pdu_list(stdout, pattern) ? PDU_GOOD : complain("no type has this in its name", pattern);
}

/* Sets defaults and rejects incompatible options. Returns 0 or the exit status. */
static int settle(const struct pdu_command *command, struct pdu_options *o, struct pdu_input *in)
{
	if (!o->in)
		o->in = pdu_input_guess(in);
	if (!o->out)
		o->out = command->out;
	if (command->whole && (o->type || o->out != PDU_TEXT || o->bit_map || o->bit_offset || (o->json && o->junit)))
		return complain("judge takes --json or --junit, -v, -w and --keylog", NULL);
	if (!command->whole && (o->json || o->junit || o->verbose))
		return complain("--json, --junit and -v belong to judge", NULL);
	if (command->whole)
		return 0;
	if (!o->type && (o->in == PDU_HEX || o->in == PDU_BIN || o->in == PDU_XER))
		return complain("this input needs a type: -p RANAP-PDU, for example", NULL);
	if (command->run == pdu_run_encode && o->in != PDU_JSON && o->in != PDU_XER)
		return complain("encode reads JSON or XER", NULL);
	if (command->run == pdu_run_encode && o->out != PDU_HEX && o->out != PDU_BIN && o->out != PDU_CAPTURE)
		return complain("encode writes hex, bin or pcap", NULL);
	if (command->run == pdu_run_check && o->out != PDU_TEXT && o->out != PDU_JSON)
		return complain("check writes text or JSON", NULL);
	if (o->bit_map && (command->run != pdu_run_decode || o->out != PDU_TEXT))
		return complain("--bits is only for decode, with text output", NULL);
	if (o->bit_offset && o->in != PDU_HEX && o->in != PDU_BIN)
		return complain("--bit-offset is only for hex and bin", NULL);
	if (o->out == PDU_CAPTURE && o->type && !pdu_dissector(o->type))
		return complain("Wireshark has no dissector for this type, which a capture needs", o->type->name);
	if ((o->out == PDU_CAPTURE || o->out == PDU_BIN) && !o->write && isatty(STDOUT_FILENO))
		return complain("binary output to a terminal: use -w FILE", NULL);
	return 0;
}

static int with_input(const struct pdu_command *command, struct pdu_options *o, const char *path)
{
	struct pdu_input in;
	int rc;

	if (pdu_input_open(&in, path)) {
		fprintf(stderr, "iuplus-pdu: %s: %s\n", path, strerror(errno));
		return PDU_DATA;
	}
	rc = settle(command, o, &in);
	if (!rc)
		rc = command->whole ? command->whole(o, &in) : pdu_run(command, o, &in);
	pdu_input_close(&in);
	return rc;
}

static int run_command(const struct pdu_command *command, int argc, char **argv)
{
	struct pdu_options o = { 0 };
	struct option long_options[OPTIONS + 1];
	bool listing = false;
	unsigned i;
	int c, rc;

	for (i = 0; i < OPTIONS; i++)
		long_options[i] = options_table[i].option;
	memset(&long_options[OPTIONS], 0, sizeof(long_options[0]));
	opterr = 0;
	while ((c = getopt_long(argc, argv, "p:i:o:w:vhV", long_options, NULL)) != -1) {
		if (c == 'h') {
			usage(stdout);
			return PDU_GOOD;
		}
		if (c == 'V') {
			puts("iuplus-pdu " PACKAGE_VERSION);
			return PDU_GOOD;
		}
		if (c == '?')
			return complain("an option is unknown, or lacks its argument", argv[optind - 1]);
		rc = take_option(c, &o, &listing);
		if (rc)
			return rc;
	}
	if (argc - optind > 1)
		return complain("one file at a time", argv[optind + 1]);
	if (listing || (!command->run && !command->whole))
		return list_types(optind < argc && !listing ? argv[optind] : NULL);
	return with_input(command, &o, optind < argc ? argv[optind] : "-");
}

int main(int argc, char **argv)
{
	unsigned i;

	if (argc < 2) {
		usage(stderr);
		return PDU_USAGE;
	}
	for (i = 0; i < COMMANDS; i++) {
		if (strcmp(argv[1], commands[i].name) == 0)
			return run_command(&commands[i], argc - 1, argv + 1);
	}
	if (argv[1][0] == '-') {
		/* options without a command: help, version, -p list */
		return run_command(&commands[COMMANDS - 1], argc, argv);
	}
	return complain("no command", argv[1]);
}
