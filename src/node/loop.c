/* SPDX-License-Identifier: BSD-2-Clause */
/* loop.c: the event loop (see loop.h). */
#include "loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include <iuplus/iuplus.h>

static volatile sig_atomic_t got_signal;

static void on_signal(int number)
{
	got_signal = number;
}

int node_loop_init(struct node_loop *loop)
{
	memset(loop, 0, sizeof(*loop));
	for (unsigned i = 0; i < NODE_LOOP_FDS; i++)
		loop->fds[i].fd = -1;
	struct sigaction action = { .sa_handler = on_signal };
	sigemptyset(&action.sa_mask);
	if (sigaction(SIGTERM, &action, NULL) || sigaction(SIGINT, &action, NULL) || sigaction(SIGHUP, &action, NULL))
		return IUPLUS_ERR_IO;
	action.sa_handler = SIG_IGN;
	return sigaction(SIGPIPE, &action, NULL) ? IUPLUS_ERR_IO : 0;
}

uint64_t node_loop_now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

double node_loop_unix_time(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int node_loop_watch(struct node_loop *loop, int fd, short events, void (*ready)(void *user, int fd, short revents),
	void *user)
{
	struct node_loop_fd *place = NULL;
	for (unsigned i = 0; i < NODE_LOOP_FDS; i++) {
		if (loop->fds[i].fd == fd) {
			place = &loop->fds[i];
			break;
		}
		if (loop->fds[i].fd < 0 && !place)
			place = &loop->fds[i];
	}
	if (!place)
		return IUPLUS_ERR_SPACE;
	*place = (struct node_loop_fd){ fd, events, ready, user };
	return 0;
}

void node_loop_unwatch(struct node_loop *loop, int fd)
{
	for (unsigned i = 0; i < NODE_LOOP_FDS; i++)
		if (loop->fds[i].fd == fd)
			loop->fds[i].fd = -1;
}

static struct node_loop_timer *find_timer(struct node_loop *loop, const void *owner, unsigned number)
{
	for (unsigned i = 0; i < NODE_LOOP_TIMERS; i++)
		if (loop->timers[i].owner == owner && loop->timers[i].number == number)
			return &loop->timers[i];
	return NULL;
}

int node_loop_start(struct node_loop *loop, const void *owner, unsigned number, uint64_t ms,
	void (*expired)(void *user, unsigned number), void *user)
{
	struct node_loop_timer *timer = find_timer(loop, owner, number);
	for (unsigned i = 0; i < NODE_LOOP_TIMERS && !timer; i++)
		if (!loop->timers[i].owner)
			timer = &loop->timers[i];
	if (!timer)
		return IUPLUS_ERR_SPACE;
	*timer = (struct node_loop_timer){ owner, number, node_loop_now_ms() + ms, expired, user };
	return 0;
}

void node_loop_stop(struct node_loop *loop, const void *owner, unsigned number)
{
	struct node_loop_timer *timer = find_timer(loop, owner, number);
	if (timer)
		timer->owner = NULL;
}

void node_loop_stop_all(struct node_loop *loop, const void *owner)
{
	for (unsigned i = 0; i < NODE_LOOP_TIMERS; i++)
		if (loop->timers[i].owner == owner)
			loop->timers[i].owner = NULL;
}

/* The wait until the next timer in ms, -1 when none runs. */
static int next_timer(const struct node_loop *loop)
{
	uint64_t now = node_loop_now_ms(), first = UINT64_MAX;
	for (unsigned i = 0; i < NODE_LOOP_TIMERS; i++)
		if (loop->timers[i].owner && loop->timers[i].at_ms < first)
			first = loop->timers[i].at_ms;
	if (first == UINT64_MAX)
		return -1;
	return first <= now ? 0 : first - now > 60000 ? 60000 : (int)(first - now);
}

static void run_timers(struct node_loop *loop)
{
	uint64_t now = node_loop_now_ms();
	for (unsigned i = 0; i < NODE_LOOP_TIMERS && !loop->stop; i++) {
		struct node_loop_timer timer = loop->timers[i];
		if (!timer.owner || timer.at_ms > now)
			continue;
		/* free before the call: the callee may start it again */
		loop->timers[i].owner = NULL;
		timer.expired(timer.user, timer.number);
	}
}

static int wait_once(struct node_loop *loop)
{
	struct pollfd poll_fds[NODE_LOOP_FDS];
	nfds_t n = 0;
	int wait = loop->before_wait ? loop->before_wait(loop->before_wait_user) : -1;
	int timer = next_timer(loop);
	if (timer >= 0 && (wait < 0 || timer < wait))
		wait = timer;
	if (loop->stop)
		return 0;
	for (unsigned i = 0; i < NODE_LOOP_FDS; i++)
		if (loop->fds[i].fd >= 0)
			poll_fds[n++] = (struct pollfd){ loop->fds[i].fd, loop->fds[i].events, 0 };
	/* a signal between the check and poll() would be slept over without a bound */
	if (wait < 0 || wait > 1000)
		wait = 1000;
	int ready = poll(poll_fds, n, wait);
	if (ready < 0)
		return errno == EINTR ? 0 : IUPLUS_ERR_IO;
	for (nfds_t i = 0; i < n && !loop->stop; i++) {
		if (!poll_fds[i].revents)
			continue;
		/* an earlier callee may have closed it */
		for (unsigned j = 0; j < NODE_LOOP_FDS; j++)
			if (loop->fds[j].fd == poll_fds[i].fd) {
				loop->fds[j].ready(loop->fds[j].user, poll_fds[i].fd, poll_fds[i].revents);
				break;
			}
	}
	if (!loop->stop)
		run_timers(loop);
	return 0;
}

int node_loop_run(struct node_loop *loop)
{
	got_signal = 0;
	while (!loop->stop) {
		int rc = wait_once(loop);
		if (rc)
			return rc;
		if (got_signal)
			return got_signal;
	}
	return 0;
}
