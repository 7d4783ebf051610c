/* SPDX-License-Identifier: BSD-2-Clause */
/* loop.c: the event loop (see loop.h). */
#include "src/node/loop.h"

#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <talloc.h>
#include <time.h>

#include <iuplus/iuplus.h>

static void on_signal(struct osmo_signalfd *signals, const struct signalfd_siginfo *info)
{
	struct node_loop *loop = signals->data;
	if (info->ssi_signo == SIGHUP) {
		if (loop->hangup)
			loop->hangup(loop->hangup_user);
		return;
	}
	loop->signal = (int)info->ssi_signo;
	loop->stop = true;
}

/* Its only purpose is to end a wait. */
static void on_longest_wait(void *data)
{
	(void)data;
}

int node_loop_init(struct node_loop *loop)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t set;
	memset(loop, 0, sizeof(*loop));
	for (unsigned i = 0; i < NODE_LOOP_FDS; i++)
		loop->fds[i].ofd.fd = -1;
	osmo_timer_setup(&loop->longest_wait, on_longest_wait, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, NULL) || sigaction(SIGPIPE, &ignore, NULL))
		return IUPLUS_ERR_IO;
	loop->signals = osmo_signalfd_setup(NULL, set, on_signal, loop);
	return loop->signals ? 0 : IUPLUS_ERR_IO;
}

void node_loop_end(struct node_loop *loop)
{
	for (unsigned i = 0; i < NODE_LOOP_TIMERS; i++)
		if (loop->timers[i].owner)
			node_loop_stop_all(loop, loop->timers[i].owner);
	osmo_timer_del(&loop->longest_wait);
	for (unsigned i = 0; i < NODE_LOOP_FDS; i++)
		if (loop->fds[i].ofd.fd >= 0)
			node_loop_unwatch(loop, loop->fds[i].ofd.fd);
	if (loop->signals) {
		osmo_fd_close(&loop->signals->ofd);
		talloc_free(loop->signals);
		loop->signals = NULL;
	}
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

/* ---- file descriptors ---- */

static int on_ready(struct osmo_fd *ofd, unsigned what)
{
	struct node_loop_fd *place = ofd->data;
	(void)what;
	place->ready(place->user, ofd->fd);
	return 0;
}

int node_loop_watch(struct node_loop *loop, int fd, void (*ready)(void *user, int fd), void *user)
{
	for (unsigned i = 0; i < NODE_LOOP_FDS; i++) {
		struct node_loop_fd *place = &loop->fds[i];
		if (place->ofd.fd >= 0)
			continue;
		place->ready = ready;
		place->user = user;
		osmo_fd_setup(&place->ofd, fd, OSMO_FD_READ, on_ready, place, 0);
		if (!osmo_fd_register(&place->ofd))
			return 0;
		place->ofd.fd = -1;
		break;
	}
	return IUPLUS_ERR_SPACE;
}

void node_loop_unwatch(struct node_loop *loop, int fd)
{
	for (unsigned i = 0; i < NODE_LOOP_FDS; i++)
		if (loop->fds[i].ofd.fd == fd) {
			osmo_fd_unregister(&loop->fds[i].ofd);
			loop->fds[i].ofd.fd = -1;
		}
}

/* ---- timers ---- */

static void on_expired(void *data)
{
	struct node_loop_timer *timer = data;
	/* free before the call: the callee may start it again */
	timer->owner = NULL;
	timer->expired(timer->user, timer->number);
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
	timer->owner = owner;
	timer->number = number;
	timer->expired = expired;
	timer->user = user;
	osmo_timer_del(&timer->timer);
	osmo_timer_setup(&timer->timer, on_expired, timer);
	osmo_timer_schedule(&timer->timer, (int)(ms / 1000), (int)(ms % 1000) * 1000);
	return 0;
}

static void stop(struct node_loop_timer *timer)
{
	osmo_timer_del(&timer->timer);
	timer->owner = NULL;
}

void node_loop_stop(struct node_loop *loop, const void *owner, unsigned number)
{
	struct node_loop_timer *timer = find_timer(loop, owner, number);
	if (timer)
		stop(timer);
}

void node_loop_stop_all(struct node_loop *loop, const void *owner)
{
	for (unsigned i = 0; i < NODE_LOOP_TIMERS; i++)
		if (loop->timers[i].owner == owner)
			stop(&loop->timers[i]);
}

/* ---- the loop ---- */

int node_loop_run(struct node_loop *loop)
{
	while (!loop->stop) {
		int wait = loop->before_wait ? loop->before_wait(loop->before_wait_user) : -1;
		if (loop->stop)
			break;
		if (wait > 0)
			osmo_timer_schedule(&loop->longest_wait, wait / 1000, wait % 1000 * 1000);
		osmo_select_main(wait == 0);
		osmo_timer_del(&loop->longest_wait);
	}
	return loop->signal;
}
