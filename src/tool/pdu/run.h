/* SPDX-License-Identifier: BSD-2-Clause */
/* run.h: the definition of a subcommand, and the loop that passes PDUs to it. */
#ifndef IUPLUS_TOOL_PDU_RUN_H
#define IUPLUS_TOOL_PDU_RUN_H

#include <time.h>

#include "src/tool/pdu/pdu.h"

struct iuplus_capture;

struct pdu_run {
	const struct pdu_options *options;
	FILE *to;
	struct iuplus_capture *capture; /* of -o pcap */
	struct iuplus_arena *arena;
	struct pdu_keylog *keylog; /* NULL: none */
	unsigned pdus, good, free_form, failed, unreadable;
	unsigned ciphered, radio_failed; /* PDUs of the radio that yielded no message */
	bool shown;                      /* progress */
	unsigned looked;
	time_t reported;
	bool flush; /* after every PDU: the reader may be waiting for the line */
};

/* Processes and counts one PDU. */
typedef void pdu_handle(struct pdu_run *run, struct pdu_item *item);

struct pdu_command {
	const char *name, *argument, *text;
	enum pdu_format out;                                                   /* unless -o says otherwise */
	pdu_handle *run;                                                       /* NULL: list, or the next */
	int (*whole)(const struct pdu_options *options, struct pdu_input *in); /* handles the whole input; NULL: no */
};

pdu_handle pdu_run_decode, pdu_run_encode, pdu_run_check;

/* Reads all of in and passes each PDU to the command. Returns the exit status. */
int pdu_run(const struct pdu_command *command, const struct pdu_options *options, struct pdu_input *in);

#endif
