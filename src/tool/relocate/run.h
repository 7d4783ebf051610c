/* SPDX-License-Identifier: BSD-2-Clause */
/* run.h: one run of iuplus-relocate: four processes, their orders, and their events. */
#ifndef IUPLUS_TOOL_RUN_H
#define IUPLUS_TOOL_RUN_H

#include <sys/types.h>

#include "src/node/settings.h"
#include "src/tool/relocate/story.h"

#define RUN_REASON (NODE_EVENT_TEXT + 128) /* size of the reason for a verdict, with its terminating zero */

/* Injected faults: identifier, word of the option, what happens. */
#define RUN_FAULTS(X) \
	X(NONE, "none", "nothing") \
	X(WRONG_K, "wrong-k", "the phone's K is not the subscriber's") \
	X(TAMPER_SMC, "tamper-smc", "the target flips a bit of its Security Mode Command's MAC") \
	X(KILL_TARGET, "kill-target", "the target RNC is killed") \
	X(KILL_SGSN, "kill-sgsn", "the SGSN is killed")

enum run_fault {
#define RUN_FAULT_ID(id, word, what) RUN_FAULT_##id,
	RUN_FAULTS(RUN_FAULT_ID)
#undef RUN_FAULT_ID
};
extern const char *const run_fault_words[];

struct run_options {
	int kind[STORY_NODE_COUNT]; /* 0 legacy, 1 enhanced; STORY_SGSN is always 1 */
	int aka;                    /* enum iuplus_cn_aka */
	int integrity;              /* 1, 2 */
	int encryption;             /* 0 to 2 */
	int sctp;                   /* enum iuplus_sctp_backend */
	bool json, quiet, colour;
	const char *out, *keylog, *programs, *gsmtap;
	struct node_subscriber_settings subscriber;
	uint64_t usim_sqn;
	int fault; /* enum run_fault */
	enum iuplus_proc_step fault_step;
	uint32_t timeout_s; /* for the whole run */
	int log_level;
};

struct run_child {
	pid_t pid;    /* 0: not started, or reaped */
	int to, from; /* its standard input and output; -1: closed */
	FILE *events; /* NODE.events */
	char line[4096];
	size_t len;
	bool listening, connected, camped, died;
	int status; /* of waitpid(), once it is reaped */
};

struct run {
	struct run_options options;
	char dir[4096];   /* the run folder */
	bool temporary;   /* created by this run: removed after a pass */
	int port_lock;    /* reserves the ports for this run */
	uint16_t port[3]; /* the SGSN's Iu, the source's and the target's radio */
	struct run_child child[STORY_NODE_COUNT];
	struct story story;
	size_t printed;          /* lines of the live ladder */
	double last_event;       /* when the latest event was read, monotonic */
	char sctp[16];           /* the backend that carries Iu, once it is known */
	char reason[RUN_REASON]; /* why the run failed; empty: no failure so far */
	bool settled;            /* the SGSN reported the end of the relocation, with its keys in use */
	bool source_serves;      /* after a failed relocation: the source still has the phone */
	int exit;                /* exit status if it is not that of the verdict; otherwise 0 */
};

/* Creates the run folder and selects ports. Returns 0, or an exit status with run->reason set. */
int run_prepare(struct run *run);
/* Writes the nodes' configuration files into the run folder. Returns as above. */
int run_configure(struct run *run);
/* Starts the nodes, drives them through attach and relocation, and ends them. run->story has the events; run->reason is
 * set if the run did not complete. Never takes longer than options.timeout_s and some seconds. */
void run_drive(struct run *run);
/* Ends every child that still runs and waits for it. Safe to call at any time, also more than once. */
void run_end_children(struct run *run);
/* Removes the folder if it is temporary, releases ports and memory. */
void run_finish(struct run *run, bool keep_folder);

/* Builds "DIR/NAME" in out. Returns out. */
const char *run_path(const struct run *run, const char *name, char out[4096 + 64]);

/* True if SIGINT or SIGTERM was received. */
bool run_interrupted(void);
void run_catch_signals(void);

/* The kind of keys that FIG. 7 demands at the end. */
enum iuplus_key_kind run_expected_kind(const struct run_options *options);

/* The steps of FIG. 7 that the kinds of the nodes demand ("700, 701, 703 to 712"), and the steps of the story's figure on
 * that path, which the verdict demands ("900 to 919"): at most size octets. */
const char *run_fig_7(const struct run *run);
#define RUN_STEPS 128
void run_steps(const struct run *run, char *text, size_t size);

/* The verdict. A run passes if every step happened in order, under the right keys, and the final keys are those that
 * FIG. 7 demands. Returns true for a pass; otherwise run->reason gives the first fault. */
bool run_judge(struct run *run);
/* The keys that a node has in use at the end: its last keys event, or NULL if it no longer has any. */
const struct node_event *run_final_keys(const struct run *run, enum story_node node);

/* The verdict as one JSON object, and as readable text. */
void report_json(FILE *out, const struct run *run, bool pass);
void report_text(FILE *out, const struct run *run, bool pass);
/* Writes capture and ladders into the run folder. Returns 0, or an exit status with run->reason set. */
int report_files(struct run *run);

#endif
