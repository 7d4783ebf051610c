/* SPDX-License-Identifier: BSD-2-Clause */
/* test_node_sqn.c: an HLR that is killed at random moments uses no SQN twice. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "src/node/sqn.h"
#include "test/unit/cunit_main.h"
#include "test/unit/seed.h"

#define KILLS 200
#define FIRST_SQN 0x1000

static char path[] = "/tmp/iuplus-sqn-XXXXXX";

static void random_octets(void *user, uint8_t *out, size_t len)
{
	(void)user;
	memset(out, 1, len);
}

static int open_one(struct node_sqn *file, struct iuplus_hlr_subscriber *s, const char *imsi, unsigned *line)
{
	static const uint8_t key[16] = { 1 }, amf[2] = { 0x80, 0 };
	int rc = iuplus_hlr_subscriber_init(s, imsi, key, key, amf, FIRST_SQN);
	return rc ? rc : node_sqn_restore(file, s, line);
}

/* The child: makes vectors and uses them, that is, tells the parent the SQN (RAND is fixed, so AUTN tells it too). */
static _Noreturn void be_hlr(int to)
{
	const struct iuplus_proc_env env = { .random = random_octets };
	const struct iuplus_cn_vectors_wanted wanted = { .count = 2 };
	struct iuplus_hlr_subscriber one, two;
	struct iuplus_security_vector vectors[IUPLUS_CN_MAX_VECTORS];
	struct node_sqn file;
	unsigned line_one, line_two, count;
	if (node_sqn_open(&file, path) || open_one(&file, &one, "001010000000001", &line_one) ||
	    open_one(&file, &two, "00101000000002", &line_two) || line_one == line_two)
		_exit(1);
	for (;;)
		if (node_sqn_vectors(&file, line_two, &two, &env, &wanted, vectors, &count) || count != 2 ||
		    write(to, vectors[0].autn, 6) != 6 || write(to, vectors[1].autn, 6) != 6)
			_exit(1);
}

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, 6);
}

static void test_killed(void)
{
	static uint8_t used[1 << 20][6];
	size_t count = 0, twice = 0;
	const uint64_t seed = seed_begin();
	const unsigned failures = CU_get_number_of_failure_records();
	uint64_t state = seed;
	for (int i = 0; i < KILLS; i++) {
		int ends[2], status;
		CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
		pid_t child = fork();
		if (!child) {
			close(ends[0]);
			be_hlr(ends[1]);
		}
		close(ends[1]);
		/* once it runs: after a random number of vectors, which it goes on to make meanwhile */
		unsigned until = 1 + (unsigned)(seed_next(&state) % 50);
		for (unsigned n = 0; count < 1 << 20 && read(ends[0], used[count], 6) == 6; n++, count++)
			if (n == until)
				kill(child, SIGKILL);
		kill(child, SIGKILL);
		close(ends[0]);
		CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
		CU_ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	}
	CU_ASSERT_TRUE(count >= KILLS);
	qsort(used, count, 6, compare);
	for (size_t i = 1; i < count; i++)
		twice += !memcmp(used[i - 1], used[i], 6);
	CU_ASSERT_EQUAL(twice, 0);
	seed_report(seed, failures);
}

static void test_file(void)
{
	struct iuplus_hlr_subscriber s;
	struct node_sqn file, other;
	struct stat st;
	unsigned line;
	unlink(path);
	CU_ASSERT_EQUAL_FATAL(node_sqn_open(&file, path), 0);
	CU_ASSERT_EQUAL(stat(path, &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 0777, 0600);
	CU_ASSERT_EQUAL(node_sqn_open(&other, path), IUPLUS_ERR_IO);
	CU_ASSERT_EQUAL(errno, EWOULDBLOCK);
	CU_ASSERT_EQUAL(open_one(&file, &s, "001010000000001", &line), 0);
	CU_ASSERT_EQUAL(s.sqn, FIRST_SQN);
	/* part of a line, as after a kill while it was added */
	CU_ASSERT_EQUAL(truncate(path, st.st_size + 35), 0);
	node_sqn_close(&file);
	CU_ASSERT_EQUAL_FATAL(node_sqn_open(&file, path), 0);
	CU_ASSERT_EQUAL(open_one(&file, &s, "001010000000001", &line), 0);
	CU_ASSERT_EQUAL(line, 0);
	node_sqn_close(&file);
	/* not such a file */
	FILE *f = fopen(path, "w");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	fputs("[subscriber 001010000000001]\nk 00\n", f);
	fclose(f);
	CU_ASSERT_EQUAL_FATAL(node_sqn_open(&file, path), 0);
	CU_ASSERT_EQUAL(open_one(&file, &s, "001010000000001", &line), IUPLUS_ERR_SYNTAX);
	node_sqn_close(&file);
	unlink(path);
}

int main(void)
{
	static const struct iuplus_cunit_test tests[] = { { "killed at random moments", test_killed },
							  { "the file", test_file } };
	int fd = mkstemp(path);
	if (fd < 0)
		return 1;
	close(fd);
	return iuplus_cunit_run("node_sqn", tests, 2);
}
