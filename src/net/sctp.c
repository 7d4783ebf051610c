/* SPDX-License-Identifier: BSD-2-Clause */
/* sctp.c: the common part of both carriers of SCTP: associations, send queues, events. */
#include "src/net/sctp_internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define DEFAULT_STREAMS 17u
#define DEFAULT_SEND_QUEUE (1024u * 1024)
#define DEFAULT_CONNECT_ATTEMPTS 3u
#define DEFAULT_HEARTBEAT_MS 5000u
#define DEFAULT_RTO_MAX_MS 1000u
#define DEFAULT_RETRANSMISSIONS 5u
#define QUEUE_RETRY_MS 2 /* after a carrier did not accept a message */

#define NAME(id, name, what) name,
static const char *const names[] = { IUPLUS_SCTP_BACKENDS(NAME) };
#undef NAME
#define NAMES (sizeof(names) / sizeof(names[0]))

const char *iuplus_sctp_backend_name(enum iuplus_sctp_backend backend)
{
	return (unsigned)backend < NAMES ? names[backend] : "?";
}

int iuplus_sctp_backend_parse(const char *name, enum iuplus_sctp_backend *backend)
{
	for (unsigned i = 0; i < NAMES; i++) {
		if (strcmp(name, names[i]) == 0) {
			*backend = (enum iuplus_sctp_backend)i;
			return 0;
		}
	}
	return IUPLUS_ERR_ARGUMENT;
}

static bool kernel_has_sctp(void)
{
	int fd = socket(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP);

	if (fd < 0)
		return false;
	close(fd);
	return true;
}

static const struct sctp_carrier *choose(enum iuplus_sctp_backend backend)
{
#ifdef HAVE_LIBSCTP
	if (backend != IUPLUS_SCTP_USRSCTP && kernel_has_sctp())
		return &sctp_kernel;
#endif
#ifdef HAVE_USRSCTP
	if (backend != IUPLUS_SCTP_KERNEL)
		return &sctp_usrsctp;
#endif
	(void)kernel_has_sctp;
	(void)backend;
	return NULL;
}

bool iuplus_sctp_available(enum iuplus_sctp_backend backend)
{
	return choose(backend) != NULL;
}

uint64_t sctp_clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

int iuplus_sctp_open(struct iuplus_sctp **sctp, const struct iuplus_sctp_config *config, iuplus_sctp_handler handler,
		     void *user)
{
	const struct sctp_carrier *carrier;
	const char *ip = config->local_ip != NULL ? config->local_ip : "0.0.0.0";
	struct in_addr parsed;
	struct iuplus_sctp *s;
	int rc, saved;

	*sctp = NULL;
	if (inet_pton(AF_INET, ip, &parsed) != 1 || (config->listen && config->local_port == 0) ||
	    config->backend > IUPLUS_SCTP_USRSCTP)
		return IUPLUS_ERR_ARGUMENT;
	carrier = choose(config->backend);
	if (carrier == NULL)
		return IUPLUS_ERR_NOT_COMPREHENDED;
	s = calloc(1, sizeof(*s));
	if (s == NULL)
		return IUPLUS_ERR_MEMORY;
	s->config = *config;
	strcpy(s->local_ip, ip); /* accepted by inet_pton(), so at most 15 characters */
	s->config.local_ip = s->local_ip;
	s->config.streams = config->streams > 0 ? config->streams : DEFAULT_STREAMS;
	s->config.send_queue = config->send_queue > 0 ? config->send_queue : DEFAULT_SEND_QUEUE;
	s->config.connect_attempts = config->connect_attempts > 0 ? config->connect_attempts : DEFAULT_CONNECT_ATTEMPTS;
	s->config.heartbeat_ms = config->heartbeat_ms > 0 ? config->heartbeat_ms : DEFAULT_HEARTBEAT_MS;
	s->config.rto_max_ms = config->rto_max_ms > 0 ? config->rto_max_ms : DEFAULT_RTO_MAX_MS;
	s->config.retransmissions = config->retransmissions > 0 ? config->retransmissions : DEFAULT_RETRANSMISSIONS;
	s->local_port = config->local_port;
	s->handler = handler;
	s->user = user;
	s->carrier = carrier;
	s->fd = -1;
	rc = carrier->open(s);
	if (rc != 0) {
		saved = errno;
		free(s);
		errno = saved;
		return rc;
	}
	*sctp = s;
	return 0;
}

/* A message on Iu may contain keys. */
static void drop(struct sctp_queued *q)
{
	explicit_bzero(q->data, q->len);
	free(q);
}

static void forget(struct sctp_assoc *a)
{
	struct sctp_queued *q, *next;

	for (q = a->first; q != NULL; q = next) {
		next = q->next;
		drop(q);
	}
	free(a);
}

void iuplus_sctp_close(struct iuplus_sctp *s)
{
	if (s == NULL)
		return;
	s->carrier->close(s);
	for (size_t i = 0; i < s->assoc_count; i++)
		forget(s->assocs[i]);
	free(s->assocs);
	if (s->partial != NULL)
		explicit_bzero(s->partial, IUPLUS_SCTP_MAX_MESSAGE);
	free(s->partial);
	free(s);
}

enum iuplus_sctp_backend iuplus_sctp_backend(const struct iuplus_sctp *s)
{
	return s->carrier->backend;
}

struct iuplus_sctp_address iuplus_sctp_local(const struct iuplus_sctp *s)
{
	struct iuplus_sctp_address a;

	memcpy(a.ip, s->local_ip, sizeof(a.ip));
	a.port = s->local_port;
	return a;
}

uint16_t iuplus_sctp_udp_port(const struct iuplus_sctp *s)
{
	return s->udp_port;
}

int iuplus_sctp_fd(const struct iuplus_sctp *s)
{
	return s->fd;
}

/* --- associations --- */

static struct sctp_assoc *by_number(const struct iuplus_sctp *s, uint32_t number)
{
	for (size_t i = 0; i < s->assoc_count; i++)
		if (s->assocs[i]->number == number)
			return s->assocs[i];
	return NULL;
}

struct sctp_assoc *sctp_by_id(const struct iuplus_sctp *s, uint32_t id)
{
	for (size_t i = 0; i < s->assoc_count; i++)
		if (s->assocs[i]->id == id)
			return s->assocs[i];
	return NULL;
}

static struct sctp_assoc *add(struct iuplus_sctp *s, int *rc)
{
	struct sctp_assoc *a;

	*rc = IUPLUS_ERR_SPACE;
	if (s->assoc_count >= IUPLUS_SCTP_MAX_ASSOCIATIONS)
		return NULL;
	*rc = IUPLUS_ERR_MEMORY;
	if (s->assoc_count == s->assoc_size) {
		size_t size = s->assoc_size > 0 ? s->assoc_size * 2 : 8;
		struct sctp_assoc **p = realloc(s->assocs, size * sizeof(*p));

		if (p == NULL)
			return NULL;
		s->assocs = p;
		s->assoc_size = size;
	}
	a = calloc(1, sizeof(*a));
	if (a == NULL)
		return NULL;
	do {
		s->next_number++;
	} while (s->next_number == 0 || by_number(s, s->next_number) != NULL);
	a->number = s->next_number;
	a->last = &a->first;
	s->assocs[s->assoc_count++] = a;
	*rc = 0;
	return a;
}

static void delete (struct iuplus_sctp *s, struct sctp_assoc *a)
{
	for (size_t i = 0; i < s->assoc_count; i++) {
		if (s->assocs[i] == a) {
			s->assocs[i] = s->assocs[--s->assoc_count];
			break;
		}
	}
	if (s->partial != NULL && s->partial_id == a->id)
		s->partial_len = 0;
	forget(a);
}

int iuplus_sctp_connect(struct iuplus_sctp *s, const char *ip, uint16_t port, uint16_t udp_port, uint32_t *assoc)
{
	struct in_addr parsed;
	struct sctp_assoc *a;
	int rc, saved;

	*assoc = 0;
	if (inet_pton(AF_INET, ip, &parsed) != 1 || port == 0)
		return IUPLUS_ERR_ARGUMENT;
	a = add(s, &rc);
	if (a == NULL)
		return rc;
	a->state = SCTP_ASSOC_CONNECTING;
	inet_ntop(AF_INET, &parsed, a->peer.ip, sizeof(a->peer.ip));
	a->peer.port = port;
	rc = s->carrier->connect(s, a, udp_port != 0 ? udp_port : port);
	if (rc != 0) {
		saved = errno;
		delete (s, a);
		errno = saved;
		return rc;
	}
	*assoc = a->number;
	return 0;
}

/* --- sending --- */

/* Passes queued messages to the carrier until it accepts no more. */
static void drain(struct iuplus_sctp *s, struct sctp_assoc *a)
{
	struct sctp_queued *q;

	while ((q = a->first) != NULL) {
		int taken = s->carrier->send(s, a, q->stream, q->ppid, q->data, q->len);

		if (taken > 0)
			return;
		/* A message that the association rejects permanently is lost with it; DOWN reports that. */
		a->first = q->next;
		if (a->first == NULL)
			a->last = &a->first;
		a->queued -= q->len;
		drop(q);
	}
	if (a->state == SCTP_ASSOC_CLOSING && !a->close_sent) {
		a->close_sent = true;
		s->carrier->end(s, a, false);
	}
}

int iuplus_sctp_send(struct iuplus_sctp *s, uint32_t assoc, uint16_t stream, uint32_t ppid, const void *data,
		     size_t len)
{
	struct sctp_assoc *a = by_number(s, assoc);
	struct sctp_queued *q;
	int taken;

	if (a == NULL || a->state != SCTP_ASSOC_ESTABLISHED)
		return IUPLUS_ERR_STATE;
	if (len == 0 || len > IUPLUS_SCTP_MAX_MESSAGE || stream >= a->streams_out)
		return IUPLUS_ERR_ARGUMENT;
	if (a->first == NULL) {
		taken = s->carrier->send(s, a, stream, ppid, data, len);
		if (taken == 0)
			return 0;
		if (taken < 0)
			return IUPLUS_ERR_STATE;
	}
	if (len > s->config.send_queue || a->queued > s->config.send_queue - len)
		return IUPLUS_ERR_SPACE;
	q = malloc(sizeof(*q) + len);
	if (q == NULL)
		return IUPLUS_ERR_MEMORY;
	q->next = NULL;
	q->stream = stream;
	q->ppid = ppid;
	q->len = len;
	memcpy(q->data, data, len);
	*a->last = q;
	a->last = &q->next;
	a->queued += len;
	return 0;
}

int iuplus_sctp_shutdown(struct iuplus_sctp *s, uint32_t assoc, bool abort)
{
	struct sctp_assoc *a = by_number(s, assoc);

	if (a == NULL)
		return IUPLUS_ERR_STATE;
	if (abort) {
		a->state = SCTP_ASSOC_CLOSING;
		a->close_sent = true;
		s->carrier->end(s, a, true);
	} else if (a->state != SCTP_ASSOC_CLOSING) {
		a->state = SCTP_ASSOC_CLOSING;
		drain(s, a);
	}
	return 0;
}

/* --- reports of a carrier --- */

static void tell(struct iuplus_sctp *s, struct iuplus_sctp_event *event)
{
	s->handler(s->user, event);
}

void sctp_on_up(struct iuplus_sctp *s, uint32_t id, const struct iuplus_sctp_address *peer, void *path,
		uint16_t streams_in, uint16_t streams_out)
{
	struct iuplus_sctp_event event = { .kind = IUPLUS_SCTP_UP };
	struct sctp_assoc *a = sctp_by_id(s, id);
	int rc;

	if (a == NULL) {
		a = add(s, &rc);
		if (a == NULL) {
			/* No room: abort the association. Its DOWN then finds no entry and is not reported. */
			struct sctp_assoc unwanted = { .id = id, .path = path };

			s->carrier->end(s, &unwanted, true);
			return;
		}
		a->id = id;
	}
	if (a->state == SCTP_ASSOC_CLOSING) {
		/* The owner shut it down while it was being established. */
		s->carrier->end(s, a, true);
		return;
	}
	a->state = SCTP_ASSOC_ESTABLISHED;
	a->path = path;
	a->streams_out = streams_out;
	if (peer != NULL)
		a->peer = *peer;
	event.assoc = a->number;
	event.peer = a->peer;
	event.streams_in = streams_in;
	event.streams_out = streams_out;
	tell(s, &event);
}

void sctp_on_down(struct iuplus_sctp *s, uint32_t id, const char *reason)
{
	struct iuplus_sctp_event event = { .kind = IUPLUS_SCTP_DOWN, .reason = reason };
	struct sctp_assoc *a = sctp_by_id(s, id);

	if (a == NULL)
		return;
	event.assoc = a->number;
	event.peer = a->peer;
	delete (s, a);
	tell(s, &event);
}

void sctp_on_restart(struct iuplus_sctp *s, uint32_t id, uint16_t streams_in, uint16_t streams_out)
{
	struct iuplus_sctp_event event = { .kind = IUPLUS_SCTP_RESTART };
	struct sctp_assoc *a = sctp_by_id(s, id);
	struct sctp_queued *q, *next;

	if (a == NULL)
		return;
	/* Queued messages were for the peer before its restart. */
	for (q = a->first; q != NULL; q = next) {
		next = q->next;
		drop(q);
	}
	a->first = NULL;
	a->last = &a->first;
	a->queued = 0;
	a->streams_out = streams_out;
	if (s->partial_id == id)
		s->partial_len = 0;
	event.assoc = a->number;
	event.peer = a->peer;
	event.streams_in = streams_in;
	event.streams_out = streams_out;
	tell(s, &event);
}

void sctp_on_send_failed(struct iuplus_sctp *s, uint32_t id)
{
	struct iuplus_sctp_event event = { .kind = IUPLUS_SCTP_SEND_FAILED, .reason = "message not delivered" };
	const struct sctp_assoc *a = sctp_by_id(s, id);

	if (a == NULL)
		return;
	event.assoc = a->number;
	tell(s, &event);
}

bool sctp_on_data(struct iuplus_sctp *s, uint32_t id, uint16_t stream, uint32_t ppid, const uint8_t *data, size_t len,
		  bool complete)
{
	struct iuplus_sctp_event event = { .kind = IUPLUS_SCTP_MESSAGE, .stream = stream, .ppid = ppid };
	const struct sctp_assoc *a = sctp_by_id(s, id);

	if (a == NULL)
		return true;
	if (!complete || (s->partial_len > 0 && s->partial_id == id)) {
		/* Partial delivery (RFC 6458 8.1.20): the parts of one message at a time. */
		if (s->partial == NULL)
			s->partial = malloc(IUPLUS_SCTP_MAX_MESSAGE);
		if (s->partial_id != id)
			s->partial_len = 0;
		s->partial_id = id;
		if (s->partial == NULL || len > IUPLUS_SCTP_MAX_MESSAGE - s->partial_len) {
			s->partial_len = 0;
			return false;
		}
		memcpy(s->partial + s->partial_len, data, len);
		s->partial_len += len;
		if (!complete)
			return true;
		data = s->partial;
		len = s->partial_len;
		s->partial_len = 0;
	}
	event.assoc = a->number;
	event.data = data;
	event.len = len;
	tell(s, &event);
	return true;
}

int iuplus_sctp_timeout(const struct iuplus_sctp *s)
{
	for (size_t i = 0; i < s->assoc_count; i++)
		if (s->assocs[i]->first != NULL)
			return QUEUE_RETRY_MS;
	return s->carrier->timeout(s);
}

int iuplus_sctp_step(struct iuplus_sctp *s)
{
	int rc = s->carrier->step(s);

	for (size_t i = 0; i < s->assoc_count; i++) {
		struct sctp_assoc *a = s->assocs[i];

		if (a->first != NULL || (a->state == SCTP_ASSOC_CLOSING && !a->close_sent))
			drain(s, a);
	}
	return rc;
}
