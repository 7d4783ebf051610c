/* SPDX-License-Identifier: BSD-2-Clause */
/* run.c: decode, encode and check on one PDU, and the loop over all of them. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "src/net/capture.h"
#include "src/tool/pdu/run.h"

#define SECOND 1000000000u

/* One line on standard error: the PDU, its place, and the error. */
static void failed(struct pdu_run *r, const struct pdu_item *item, const char *what)
{
	fflush(r->to);
	fprintf(stderr, "iuplus-pdu: PDU %u", item->number);
	if (item->frame)
		fprintf(stderr, " (frame %u)", item->frame);
	else if (item->line)
		fprintf(stderr, " (line %u)", item->line);
	fprintf(stderr, ": %s\n", what);
}

/* The members before the value in a line of a capture. */
static void envelope(struct pdu_run *r, const struct pdu_item *item)
{
	if (item->type)
		fprintf(r->to, "\"type\":\"%s:%s\"", item->type->protocol, item->type->name);
	if (item->radio.where[0])
		fprintf(r->to, "%s\"radio\":\"%s\"", item->type ? "," : "", item->radio.where);
	if (item->radio.ciphering[0])
		fprintf(r->to, ",\"ciphering\":\"%s\"", item->radio.ciphering);
	if (item->frame)
		fprintf(r->to, ",\"frame\":%u,\"time\":\"%" PRIu64 ".%09" PRIu64 "\"", item->frame,
			item->time_ns / SECOND, item->time_ns % SECOND);
	if (item->from[0]) {
		fprintf(r->to, ",\"from\":");
		pdu_write_quoted(r->to, item->from, strlen(item->from));
	}
	if (item->to[0]) {
		fprintf(r->to, ",\"to\":");
		pdu_write_quoted(r->to, item->to, strlen(item->to));
	}
	if (item->integrity)
		fprintf(r->to, ",\"integrity\":\"%s\"", item->integrity_text);
}

/* Verifies an encoded RRC message with the key log. */
static void verify(struct pdu_run *r, struct pdu_item *item)
{
	bool uplink;

	/* for the radio the bearer is known, and it is already verified */
	if (!r->keylog || !item->octets.data || !item->type || item->radio.where[0] ||
	    strcmp(item->type->protocol, "RRC") != 0)
		return;
	uplink = strncmp(item->type->name, "UL-", 3) == 0;
	if (!uplink && strncmp(item->type->name, "DL-", 3) != 0)
		return;
	item->integrity = pdu_keylog_verify(r->keylog, uplink, item->octets.data, item->octets.len,
					    item->integrity_text, sizeof(item->integrity_text));
}

static bool enveloped(const struct pdu_run *r)
{
	return r->options->in == PDU_CAPTURE || !r->options->type;
}

static void write_broken_json(struct pdu_run *r, const struct pdu_item *item, const char *why)
{
	fputs("{\"error\":", r->to);
	pdu_write_quoted(r->to, why, strlen(why));
	if (enveloped(r) && item->type) {
		fputc(',', r->to);
		envelope(r, item);
	}
	fputs(",\"octets\":\"", r->to);
	pdu_write_hex(r->to, item->octets.data, item->octets.len);
	fputs("\"}\n", r->to);
}

/* "127.0.0.1:2905" in the form that the writer of captures requires. */
static struct iuplus_capture_endpoint endpoint(char *text)
{
	struct iuplus_capture_endpoint e = { .ip = text };
	char *colon = strrchr(text, ':');

	if (colon && strchr(text, ':') == colon) {
		*colon = '\0';
		e.port = (uint16_t)strtoul(colon + 1, NULL, 10);
	}
	return e;
}

static void write_packet(struct pdu_run *r, struct pdu_item *item, struct iuplus_octets octets)
{
	const char *dissector = pdu_dissector(item->type);
	char from[64], to[64];
	struct iuplus_capture_endpoint e, f;
	int rc;

	if (!dissector) {
		failed(r, item, "Wireshark has no dissector for this type, which a capture needs");
		r->failed++;
		return;
	}
	memcpy(from, item->from, sizeof(from));
	memcpy(to, item->to, sizeof(to));
	e = endpoint(from);
	f = endpoint(to);
	rc = iuplus_capture_upper(r->capture, item->time_ns, dissector, from[0] ? &e : NULL, to[0] ? &f : NULL,
				  octets.data, octets.len, NULL);
	if (rc) {
		failed(r, item, rc == IUPLUS_ERR_CONSTRAINT ? "too long for a packet" : "the packet cannot be written");
		r->failed++;
	}
}

static void write_octets(struct pdu_run *r, struct pdu_item *item, struct iuplus_octets octets)
{
	if (r->options->out == PDU_CAPTURE) {
		write_packet(r, item, octets);
	} else if (r->options->out == PDU_BIN) {
		fwrite(octets.data, 1, octets.len, r->to);
	} else {
		pdu_write_hex(r->to, octets.data, octets.len);
		fputc('\n', r->to);
	}
}

static void write_head(struct pdu_run *r, const struct pdu_item *item, const void *value)
{
	fprintf(r->to, "PDU %u: %s", item->number, item->type->name);
	if (value) {
		const char *message = pdu_message(item->type, value, r->arena);

		if (strcmp(message, item->type->name) != 0)
			fprintf(r->to, " %s", message);
	}
	if (item->octets.data)
		fprintf(r->to, item->bits % 8 ? ", %zu bits" : ", %zu octets",
			item->bits % 8 ? item->bits : item->bits / 8);
	if (item->frame)
		fprintf(r->to, ", frame %u", item->frame);
	if (item->from[0] && item->to[0])
		fprintf(r->to, ", %s > %s", item->from, item->to);
	fputc('\n', r->to);
	if (item->radio.where[0])
		fprintf(r->to, "  (%s%s%s)\n", item->radio.where, item->radio.ciphering[0] ? ", deciphered: " : "",
			item->radio.ciphering);
	if (item->integrity)
		fprintf(r->to, "  (%s)\n", item->integrity_text);
}

/* A PDU of the radio that yielded no message: reports it, and counts it separately. */
static void radio_pdu(struct pdu_run *r, const struct pdu_item *item, const struct pdu_command *command)
{
#define NAME(id, name, what) name,
	static const char *const states[] = { PDU_RADIO_STATES(NAME) };
#undef NAME
	enum pdu_radio_state state = item->radio.state;
	bool check = command->run == pdu_run_check;

	r->ciphered += state == PDU_RADIO_CIPHERED;
	r->radio_failed += state == PDU_RADIO_FAILED;
	if (state == PDU_RADIO_FAILED && !check) {
		fflush(r->to);
		fprintf(stderr, "iuplus-pdu: frame %u, %s: ciphering: %s\n", item->frame, item->radio.where,
			item->radio.ciphering);
	}
	if (command->run == pdu_run_encode)
		return;
	if (r->options->out == PDU_JSON) {
		fputc('{', r->to);
		envelope(r, item);
		if (check) {
			fprintf(r->to, ",\"good\":%s}\n",
				state == PDU_RADIO_FAILED   ? "false" :
				state == PDU_RADIO_CIPHERED ? "null" :
							      "true");
		} else {
			fputs(",\"octets\":\"", r->to);
			pdu_write_hex(r->to, item->octets.data, item->octets.len);
			fputs("\"}\n", r->to);
		}
	} else if (r->options->out == PDU_TEXT) {
		fprintf(r->to,
			check ? "radio: %s %s, %zu octets, frame %u" : "radio: %s %s, %zu octets, frame %u, %s > %s",
			states[state], item->radio.where, item->octets.len, item->frame, item->from, item->to);
		fprintf(r->to, ": %s%s\n", state == PDU_RADIO_FAILED ? "ciphering: " : "", item->radio.ciphering);
	}
}

static int write_value(struct pdu_run *r, struct pdu_item *item, const void *value)
{
	int rc;

	switch (r->options->out) {
	case PDU_JSON:
		if (!enveloped(r)) {
			rc = pdu_write_json(r->to, item->type, value, r->arena);
		} else {
			fputc('{', r->to);
			envelope(r, item);
			fputs(",\"value\":", r->to);
			rc = pdu_write_json(r->to, item->type, value, r->arena);
			fputc('}', r->to);
		}
		fputc('\n', r->to);
		return rc;
	case PDU_XER:
		return pdu_write_xer(r->to, item->type, value, r->arena);
	default:
		write_head(r, item, value);
		return pdu_write_text(r->to, item->type, value, r->arena);
	}
}

/* A text that is not a PDU: counts and reports it, and keeps its line in JSON. Returns true if it was such a text. */
static bool broken(struct pdu_run *r, const struct pdu_item *item)
{
	char what[512];

	if (!item->broken && !item->error.rc)
		return false;
	if (item->error.rc)
		pdu_describe(what, sizeof(what), item->type, r->options->in == PDU_XER ? "read XER as" : "read JSON as",
			     &item->error);
	else
		snprintf(what, sizeof(what), "%s", item->broken);
	failed(r, item, what);
	/* octets: the decoder had rejected them, as the item's line says */
	if (item->octets.data || (item->error.rc && item->error.rc != IUPLUS_ERR_SYNTAX))
		r->failed++;
	else
		r->unreadable++;
	return true;
}

void pdu_run_decode(struct pdu_run *r, struct pdu_item *item)
{
	struct iuplus_asn1_error e;
	enum pdu_format out = r->options->out;
	void *value = item->value;
	char what[512];
	int rc = 0;

	if (broken(r, item)) {
		if (out == PDU_JSON)
			write_broken_json(r, item, item->broken ? item->broken : item->error.what);
		return;
	}
	if (!value)
		rc = iuplus_asn1_decode(item->type, pdu_rules(item->type), item->octets.data, item->bits,
					pdu_rules(item->type) == IUPLUS_ASN1_APER ? IUPLUS_ASN1_EXACT : 0, r->arena,
					&value, &e);
	if (rc) {
		pdu_describe(what, sizeof(what), item->type, "decode", &e);
		failed(r, item, what);
		r->failed++;
	} else if (item->integrity < 0) {
		failed(r, item, item->integrity_text);
		r->failed++;
	} else {
		r->good++;
	}
	if (out == PDU_HEX || out == PDU_BIN || out == PDU_CAPTURE) {
		if (!item->octets.data && iuplus_asn1_encode(item->type, pdu_rules(item->type), value, 0, r->arena,
							     &item->octets, NULL, &e)) {
			pdu_describe(what, sizeof(what), item->type, "encode", &e);
			failed(r, item, what);
			r->failed++;
			return;
		}
		write_octets(r, item, item->octets);
	} else if (r->options->bit_map) {
		write_head(r, item, value);
		pdu_write_bits(r->to, item, r->arena);
	} else if (value) {
		rc = write_value(r, item, value);
		if (rc)
			failed(r, item, iuplus_strrc(rc));
	} else if (out == PDU_JSON) {
		write_broken_json(r, item, what);
	} else if (out == PDU_TEXT) {
		write_head(r, item, NULL);
		fprintf(r->to, "  %s\n", what);
	}
}

void pdu_run_encode(struct pdu_run *r, struct pdu_item *item)
{
	struct iuplus_octets octets;
	struct iuplus_asn1_error e;
	char what[512];
	int rc;

	if (broken(r, item)) {
		/* one line of output for each line of input */
		if (item->octets.data && item->type)
			write_octets(r, item, item->octets);
		else if (r->options->out == PDU_HEX)
			fputc('\n', r->to);
		return;
	}
	rc = iuplus_asn1_encode(item->type, pdu_rules(item->type), item->value, 0, r->arena, &octets, NULL, &e);
	if (rc) {
		pdu_describe(what, sizeof(what), item->type, "encode", &e);
		failed(r, item, what);
		r->failed++;
		if (r->options->out == PDU_HEX)
			fputc('\n', r->to);
		return;
	}
	r->good++;
	write_octets(r, item, octets);
}

static void verdict_json(struct pdu_run *r, const struct pdu_item *item, const char *message,
			 const struct pdu_verdict *v)
{
	fprintf(r->to, "{\"pdu\":%u,", item->number);
	if (item->type)
		envelope(r, item);
	fprintf(r->to, "%s\"message\":\"%s\",\"good\":%s,\"canonical\":%s,\"why\":", item->type ? "," : "", message,
		v->good ? "true" : "false", v->canonical ? "true" : "false");
	pdu_write_quoted(r->to, v->text, strlen(v->text));
	fputs("}\n", r->to);
}

void pdu_run_check(struct pdu_run *r, struct pdu_item *item)
{
	struct pdu_verdict v = { 0 };
	const char *message;
	void *value = item->value;

	if (broken(r, item)) {
		snprintf(v.text, sizeof(v.text), "%s",
			 item->broken     ? item->broken :
			 item->error.what ? item->error.what :
					    "?");
		message = "";
	} else {
		pdu_check(item, r->options, r->arena, &v);
		if (!value)
			iuplus_asn1_decode(item->type, pdu_rules(item->type), item->octets.data, item->bits, 0,
					   r->arena, &value, NULL);
		message = pdu_message(item->type, value, r->arena);
		if (message == item->type->name)
			message = "";
		if (v.good && item->integrity < 0) {
			v.good = false;
			snprintf(v.text, sizeof(v.text), "integrity: %s", item->integrity_text);
		}
		if (!v.good)
			r->failed++;
		else if (v.canonical)
			r->good++;
		else
			r->free_form++;
	}
	if (r->options->out == PDU_JSON) {
		verdict_json(r, item, message, &v);
		return;
	}
	fprintf(r->to, "%u: %s %s%s%s", item->number, v.good ? "good" : "FAILED", item->type ? item->type->name : "",
		*message ? " " : "", message);
	if (item->octets.data)
		fprintf(r->to, ", %zu octets", item->octets.len);
	if (item->frame)
		fprintf(r->to, ", frame %u", item->frame);
	if (item->radio.where[0])
		fprintf(r->to, ", %s", item->radio.where);
	if (item->radio.ciphering[0])
		fprintf(r->to, ", %s", item->radio.ciphering);
	if (item->integrity > 0)
		fprintf(r->to, ", %s", item->integrity_text);
	fprintf(r->to, "%s%s\n", v.text[0] ? ": " : "", v.text);
}

/* Shows progress on a terminal if reading takes longer than a second. */
static void progress(struct pdu_run *r, const struct pdu_reader *reader, bool end)
{
	unsigned packets, left_out;
	time_t now;

	if (r->options->in != PDU_CAPTURE || !isatty(STDERR_FILENO) || (end && !r->shown))
		return;
	if (!end && ++r->looked % 64 && r->pdus)
		return;
	now = time(NULL);
	if (!end && now <= r->reported)
		return;
	pdu_reader_counts(reader, &packets, &left_out);
	fprintf(stderr, "\r%u packets, %u PDUs%s", packets, r->pdus, end ? "\n" : "");
	r->reported = now;
	r->shown = true;
}

static void summary(const struct pdu_reader *reader)
{
	unsigned packets, left_out, missing;
	const char *type;

	missing = pdu_reader_missing(reader, &type);
	if (missing)
		fprintf(stderr, "iuplus-pdu: %u messages are of types that these modules do not have (%s%s)\n", missing,
			type, missing > 1 ? ", ..." : "");
	pdu_reader_counts(reader, &packets, &left_out);
	if (left_out)
		fprintf(stderr, "iuplus-pdu: %u of %u packets are cut or malformed below their PDUs\n", left_out,
			packets);
}

static int everything(struct pdu_run *r, const struct pdu_command *command, struct pdu_reader *reader,
		      const struct pdu_input *in)
{
	struct pdu_item item;
	const char *why;
	int rc;

	r->reported = time(NULL);
	for (;;) {
		iuplus_arena_reset(r->arena, false);
		rc = pdu_reader_next(reader, r->arena, &item, &why);
		if (rc <= 0)
			break;
		if (rc == 2) {
			progress(r, reader, false);
			continue;
		}
		if (!item.type && item.radio.where[0]) {
			radio_pdu(r, &item, command);
		} else {
			r->pdus++;
			verify(r, &item);
			command->run(r, &item);
		}
		if (r->flush)
			fflush(r->to);
		progress(r, reader, false);
	}
	progress(r, reader, true);
	summary(reader);
	if (rc < 0) {
		unsigned packets, left_out;

		pdu_reader_counts(reader, &packets, &left_out);
		fprintf(stderr, "iuplus-pdu: %s: after packet %u: %s\n", in->path ? in->path : "standard input",
			packets, why);
		return PDU_DATA;
	}
	if (r->options->in == PDU_CAPTURE && r->pdus == 0 && r->ciphered + r->radio_failed == 0) {
		fputs("iuplus-pdu: no PDU in this capture\n", stderr);
		return PDU_DATA;
	}
	return r->unreadable ? PDU_DATA : r->failed || r->radio_failed ? PDU_FAILED : PDU_GOOD;
}

static int open_output(struct pdu_run *r)
{
	const struct pdu_options *o = r->options;

	r->to = stdout;
	if (o->out == PDU_CAPTURE) {
		const char *path = o->write ? o->write : "/dev/stdout";

		if (iuplus_capture_open(&r->capture, path) == 0) {
			iuplus_capture_buffered(r->capture, true);
			return 0;
		}
	} else {
		r->to = o->write ? fopen(o->write, "wb") : stdout;
		if (r->to)
			return 0;
	}
	fprintf(stderr, "iuplus-pdu: %s: %s\n", o->write ? o->write : "standard output", strerror(errno));
	return -1;
}

static int close_output(struct pdu_run *r, int status)
{
	bool bad = r->capture && iuplus_capture_close(r->capture) != 0;

	if (r->options->write && r->to != stdout)
		bad = ferror(r->to) != 0 || bad;
	if (r->options->write && r->to != stdout)
		bad = fclose(r->to) != 0 || bad;
	else
		bad = fflush(r->to) != 0 || ferror(r->to) || bad;
	if (!bad)
		return status;
	fprintf(stderr, "iuplus-pdu: %s: not everything could be written\n",
		r->options->write ? r->options->write : "standard output");
	return PDU_DATA;
}

int pdu_run(const struct pdu_command *command, const struct pdu_options *options, struct pdu_input *in)
{
	struct pdu_run r = { .options = options };
	struct pdu_reader *reader;
	struct iuplus_arena arena;
	struct stat st;
	const char *why;
	char what[256];
	int status;

	reader = pdu_reader_open(in, options, &why);
	if (!reader) {
		fprintf(stderr, "iuplus-pdu: %s: %s\n", in->path ? in->path : "standard input", why);
		return PDU_DATA;
	}
	if (options->keylog) {
		r.keylog = pdu_keylog_open(options->keylog, what, sizeof(what));
		if (r.keylog)
			pdu_reader_keys(reader, r.keylog);
		else
			fprintf(stderr, "iuplus-pdu: %s: %s\n", options->keylog, what);
	}
	if ((options->keylog && !r.keylog) || open_output(&r)) {
		pdu_keylog_free(r.keylog);
		pdu_reader_close(reader);
		return PDU_DATA;
	}
	r.flush = fstat(fileno(in->file), &st) != 0 || !S_ISREG(st.st_mode);
	iuplus_arena_init(&arena, PDU_ARENA);
	r.arena = &arena;
	status = everything(&r, command, reader, in);
	if (command->run == pdu_run_check && options->out == PDU_TEXT) {
		fprintf(r.to, "%u PDUs: %u good, %u good but not canonical, %u failed", r.pdus, r.good, r.free_form,
			r.failed + r.unreadable);
		if (r.ciphered)
			fprintf(r.to, "; %u PDUs of the radio are ciphered", r.ciphered);
		if (r.radio_failed)
			fprintf(r.to, "; %u PDUs of the radio failed", r.radio_failed);
		fputc('\n', r.to);
	}
	iuplus_arena_free(&arena);
	pdu_keylog_free(r.keylog);
	pdu_reader_close(reader);
	return close_output(&r, status);
}
