/* SPDX-License-Identifier: BSD-2-Clause */
/* loop.h: the event loop of a program: one thread, file descriptors, timers and signals, over libosmocore's select
 * loop and timers. A process has one loop. */
#ifndef IUPLUS_NODE_LOOP_H
#define IUPLUS_NODE_LOOP_H

#include <stdbool.h>
#include <stdint.h>
#include <osmocom/core/select.h>
#include <osmocom/core/timer.h>

#define NODE_LOOP_FDS 32
#define NODE_LOOP_TIMERS 512

struct node_loop_fd {
	struct osmo_fd ofd; /* .fd is -1: free */
	void (*ready)(void *user, int fd);
	void *user;
};

/* A timer. Its key (owner, number) is unique. */
struct node_loop_timer {
	struct osmo_timer_list timer;
	const void *owner; /* NULL: free */
	unsigned number;
	void (*expired)(void *user, unsigned number);
	void *user;
};

struct node_loop {
	struct node_loop_fd fds[NODE_LOOP_FDS];
	struct node_loop_timer timers[NODE_LOOP_TIMERS];
	/* Called before every wait, for work that has no file descriptor. Returns the longest wait in ms, -1:
	 * unlimited. */
	int (*before_wait)(void *user);
	void *before_wait_user;
	struct osmo_timer_list longest_wait;
	/* Called for SIGHUP, which does not end the loop. NULL: it is ignored. */
	void (*hangup)(void *user);
	void *hangup_user;
	struct osmo_signalfd *signals;
	int signal; /* the one received, 0: none */
	bool stop;  /* set from anywhere in the thread: node_loop_run() returns */
};

/* Initialises an empty loop. SIGTERM and SIGINT then end node_loop_run(), SIGHUP calls hangup(); SIGPIPE is
 * ignored. Returns 0, or IUPLUS_ERR_IO with errno set. */
int node_loop_init(struct node_loop *loop);
/* Stops every timer and the watching of all descriptors. */
void node_loop_end(struct node_loop *loop);

/* Milliseconds of the monotonic clock. */
uint64_t node_loop_now_ms(void);

/* Seconds since 1970, with a fraction; it jumps when the clock is set, so use it only for time stamps. */
double node_loop_unix_time(void);

/* Calls ready() whenever fd can be read (or has ended). fd becomes non-blocking. Returns 0, or IUPLUS_ERR_SPACE if
 * NODE_LOOP_FDS are already watched (the caller closes fd). */
int node_loop_watch(struct node_loop *loop, int fd, void (*ready)(void *user, int fd), void *user);
/* Stops watching fd; does nothing if it is not watched. */
void node_loop_unwatch(struct node_loop *loop, int fd);

/* (Re)starts the timer (owner, number) for ms milliseconds. Returns 0, or IUPLUS_ERR_SPACE if NODE_LOOP_TIMERS run (the
 * caller treats the timer as expired, or ends the context that needs it). */
int node_loop_start(struct node_loop *loop, const void *owner, unsigned number, uint64_t ms,
		    void (*expired)(void *user, unsigned number), void *user);
/* Stops the timer (owner, number), if it runs. */
void node_loop_stop(struct node_loop *loop, const void *owner, unsigned number);
/* Stops every timer of owner, whose context is about to be freed. */
void node_loop_stop_all(struct node_loop *loop, const void *owner);

/* Runs until loop->stop or a signal. Returns 0, or the number of the signal that ended it. */
int node_loop_run(struct node_loop *loop);

#endif
