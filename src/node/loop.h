/* SPDX-License-Identifier: BSD-2-Clause */
/* loop.h: the event loop of a program: one thread, file descriptors and timers, over poll(). */
#ifndef IUPLUS_NODE_LOOP_H
#define IUPLUS_NODE_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#define NODE_LOOP_FDS 32
#define NODE_LOOP_TIMERS 512

struct node_loop_fd {
	int fd;				/* -1: free */
	short events;			/* POLLIN and POLLOUT */
	void (*ready)(void *user, int fd, short revents);
	void *user;
};

/* A running timer. The key is what its owner calls it: (owner, number) is unique. */
struct node_loop_timer {
	const void *owner;		/* NULL: free */
	unsigned number;
	uint64_t at_ms;
	void (*expired)(void *user, unsigned number);
	void *user;
};

struct node_loop {
	struct node_loop_fd fds[NODE_LOOP_FDS];
	struct node_loop_timer timers[NODE_LOOP_TIMERS];
	/* Called before every wait, for work that has no file descriptor. Gives the longest wait in ms, -1 for any. */
	int (*before_wait)(void *user);
	void *before_wait_user;
	volatile bool stop;		/* set from anywhere in the thread: node_loop_run() returns */
};

/* Makes an empty loop and lets SIGTERM, SIGINT and SIGHUP end node_loop_run(); SIGPIPE is ignored.
 * Returns 0, or IUPLUS_ERR_IO with errno set. */
int node_loop_init(struct node_loop *loop);

/* Milliseconds of the monotonic clock. */
uint64_t node_loop_now_ms(void);

/* Seconds since 1970, with a fraction; steps when the clock is set, so only for stamps. */
double node_loop_unix_time(void);

/* Watches fd for events (POLLIN, POLLOUT); a second call for the same fd changes them. Returns 0, or IUPLUS_ERR_SPACE
 * when NODE_LOOP_FDS are watched (the caller closes fd). */
int node_loop_watch(struct node_loop *loop, int fd, short events, void (*ready)(void *user, int fd, short revents),
	void *user);
/* Stops watching fd; does nothing when it is not watched. */
void node_loop_unwatch(struct node_loop *loop, int fd);

/* (Re)starts the timer (owner, number) for ms milliseconds. Returns 0, or IUPLUS_ERR_SPACE when NODE_LOOP_TIMERS run
 * (the caller treats the timer as expired at once, or ends the context that wanted it). */
int node_loop_start(struct node_loop *loop, const void *owner, unsigned number, uint64_t ms,
	void (*expired)(void *user, unsigned number), void *user);
/* Stops the timer (owner, number), if it runs. */
void node_loop_stop(struct node_loop *loop, const void *owner, unsigned number);
/* Stops every timer of owner: its context is about to be freed. */
void node_loop_stop_all(struct node_loop *loop, const void *owner);

/* Works until loop->stop or a signal. Returns 0; the number of the signal that ended it; or IUPLUS_ERR_IO. */
int node_loop_run(struct node_loop *loop);

#endif
