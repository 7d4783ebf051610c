/* SPDX-License-Identifier: BSD-2-Clause */
/* test_node_loop.c: timers, descriptors and signals of the event loop. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <iuplus/iuplus.h>

#include "src/node/loop.h"
#include "test/unit/cunit_main.h"

static struct node_loop loop;
static unsigned order[16], count;
static int one, two; /* owners of timers */

static void expired(void *user, unsigned number)
{
	(void)user;
	if (count < 16)
		order[count++] = number;
}

static void finish(void *user, unsigned number)
{
	(void)user;
	(void)number;
	loop.stop = true;
}

static void start(void)
{
	count = 0;
	CU_ASSERT_EQUAL_FATAL(node_loop_init(&loop), 0);
}

static void test_timers(void)
{
	start();
	uint64_t begin = node_loop_now_ms();
	node_loop_start(&loop, &one, 3, 30, expired, NULL);
	node_loop_start(&loop, &one, 1, 10, expired, NULL);
	node_loop_start(&loop, &two, 1, 20, expired, NULL);
	node_loop_start(&loop, &two, 7, 15, expired, NULL);
	node_loop_start(&loop, &one, 9, 5, expired, NULL);
	node_loop_start(&loop, &one, 9, 40, expired, NULL); /* again: later */
	node_loop_stop(&loop, &two, 7);
	node_loop_stop(&loop, &two, 8); /* does not run */
	node_loop_start(&loop, &two, 99, 60, finish, NULL);
	CU_ASSERT_EQUAL(node_loop_run(&loop), 0);
	CU_ASSERT_TRUE(node_loop_now_ms() - begin >= 60);
	CU_ASSERT_EQUAL(count, 4);
	CU_ASSERT_TRUE(order[0] == 1 && order[1] == 1 && order[2] == 3 && order[3] == 9);
	node_loop_end(&loop);
}

static void test_owner_goes(void)
{
	start();
	for (unsigned i = 0; i < 5; i++)
		node_loop_start(&loop, &one, i, 5, expired, NULL);
	node_loop_start(&loop, &two, 50, 6, expired, NULL);
	node_loop_stop_all(&loop, &one);
	node_loop_start(&loop, &two, 99, 20, finish, NULL);
	node_loop_run(&loop);
	CU_ASSERT_EQUAL(count, 1);
	CU_ASSERT_EQUAL(order[0], 50);
	node_loop_end(&loop);
}

static void again(void *user, unsigned number)
{
	expired(user, number);
	if (count < 3)
		node_loop_start(&loop, &one, number, 1, again, NULL);
	else
		loop.stop = true;
}

static void test_restart_from_within(void)
{
	start();
	node_loop_start(&loop, &one, 4, 0, again, NULL);
	node_loop_run(&loop);
	CU_ASSERT_EQUAL(count, 3);
	node_loop_end(&loop);
}

static void test_full(void)
{
	int fds[NODE_LOOP_FDS + 1];
	start();
	for (unsigned i = 0; i < NODE_LOOP_TIMERS; i++)
		CU_ASSERT_EQUAL(node_loop_start(&loop, &one, i, 60000, expired, NULL), 0);
	CU_ASSERT_EQUAL(node_loop_start(&loop, &two, 0, 1, expired, NULL), IUPLUS_ERR_SPACE);
	CU_ASSERT_EQUAL(node_loop_start(&loop, &one, 5, 1, expired, NULL), 0);
	for (unsigned i = 0; i <= NODE_LOOP_FDS; i++) {
		fds[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
		CU_ASSERT_EQUAL(node_loop_watch(&loop, fds[i], NULL, NULL), i < NODE_LOOP_FDS ? 0 : IUPLUS_ERR_SPACE);
	}
	node_loop_unwatch(&loop, fds[3]);
	CU_ASSERT_EQUAL(node_loop_watch(&loop, fds[NODE_LOOP_FDS], NULL, NULL), 0);
	node_loop_end(&loop);
	for (unsigned i = 0; i <= NODE_LOOP_FDS; i++)
		close(fds[i]);
}

static void on_pipe(void *user, int fd)
{
	char octet;
	(void)user;
	if (read(fd, &octet, 1) == 1)
		order[count++] = (unsigned char)octet;
	else
		loop.stop = true;
}

static int rounds;
static int before_wait(void *user)
{
	(void)user;
	rounds++;
	return 5;
}

static void test_descriptors(void)
{
	int ends[2];
	start();
	rounds = 0;
	loop.before_wait = before_wait;
	CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
	CU_ASSERT_EQUAL(node_loop_watch(&loop, ends[0], on_pipe, NULL), 0);
	CU_ASSERT_EQUAL(write(ends[1], "ab", 2), 2);
	node_loop_start(&loop, &one, 1, 50, finish, NULL);
	node_loop_run(&loop);
	CU_ASSERT_TRUE(count == 2 && order[0] == 'a' && order[1] == 'b');
	/* waits ended after 5 ms each */
	CU_ASSERT_TRUE(rounds >= 5);
	/* the other end closes, which counts as input */
	loop.stop = false;
	close(ends[1]);
	node_loop_run(&loop);
	node_loop_end(&loop);
	close(ends[0]);
}

static void test_signals(void)
{
	start();
	raise(SIGTERM);
	raise(SIGPIPE);
	CU_ASSERT_EQUAL(node_loop_run(&loop), SIGTERM);
	node_loop_end(&loop);
}

IUPLUS_CUNIT_MAIN("event loop", { "timers expire in order", test_timers },
		  { "an owner that goes takes its timers with it", test_owner_goes },
		  { "a timer starts itself again", test_restart_from_within }, { "full", test_full },
		  { "descriptors", test_descriptors }, { "signals", test_signals })
