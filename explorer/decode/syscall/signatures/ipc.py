"""Shared memory, semaphores, message queues (System V and POSIX)."""

from typing import Final

from explorer.decode.constants.ipc import MSG, MSG_FLAGS, SEM, SHM, SHMAT, SHMGET
from explorer.decode.syscall.args.address import ADDRESS
from explorer.decode.syscall.args.array import one
from explorer.decode.syscall.args.fd import FD
from explorer.decode.syscall.args.flags import Choice, Flags
from explorer.decode.syscall.args.ipc import KEY, MESSAGE, MESSAGE_GOT, SEMBUFS, GetFlags
from explorer.decode.syscall.args.number import INT, LONG, SIZE, UINT
from explorer.decode.syscall.args.open import ATTRIBUTES_IF_CREATED, MODE_IF_CREATED, OPEN_FLAGS
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.args.sigevent import SIGEVENT
from explorer.decode.syscall.args.text import STRING, Received, Sent
from explorer.decode.syscall.args.time import TIMESPEC, TIMESPEC64
from explorer.decode.syscall.call import Signature, row

FLAGS = Flags(MSG_FLAGS, "MSG")

ROWS: Final[dict[str, Signature]] = {
    "shmget": row("find or make shared memory", key=KEY, size=SIZE, shmflg=GetFlags(SHMGET)),
    "shmat": row("attach shared memory", ADDRESS, shmid=INT, shmaddr=ADDRESS, shmflg=Flags(SHMAT, "SHM")),
    "shmdt": row("detach shared memory", shmaddr=ADDRESS),
    "shmctl": row("control shared memory", shmid=INT, op=Choice(SHM, "SHM"), buf=ADDRESS),
    "semget": row("find or make semaphores", key=KEY, nsems=INT, semflg=GetFlags()),
    "semop": row("operate on semaphores", semid=INT, sops=SEMBUFS, nsops=UINT),
    "semtimedop": row("operate on semaphores, with a timeout", semid=INT, sops=SEMBUFS, nsops=UINT, timeout=TIMESPEC),
    "semtimedop_time64": row("operate on semaphores, with a timeout", semid=INT, sops=SEMBUFS, nsops=UINT, timeout=TIMESPEC64),
    "semctl": row("control semaphores", semid=INT, semnum=INT, op=Choice(SEM, "SEM"), arg=ADDRESS),
    "msgget": row("find or make a message queue", key=KEY, msgflg=GetFlags()),
    "msgsnd": row("send a message to a queue", msqid=INT, msgp=MESSAGE, msgsz=SIZE, msgflg=FLAGS),
    "msgrcv": row("take a message from a queue", msqid=INT, msgp=MESSAGE_GOT, msgsz=SIZE, msgtyp=LONG, msgflg=FLAGS),
    "msgctl": row("control a message queue", msqid=INT, op=Choice(MSG, "MSG"), buf=ADDRESS),
    "mq_open": row("open a message queue", FD, name=STRING, flags=OPEN_FLAGS, mode=MODE_IF_CREATED, attr=ATTRIBUTES_IF_CREATED),
    "mq_unlink": row("remove a message queue", name=STRING),
    "mq_timedsend": row("send a message to a queue", mqdes=FD, msg_ptr=Sent("msg_len"), msg_len=SIZE, msg_prio=UINT, abs_timeout=TIMESPEC),
    "mq_timedreceive": row(
        "take a message from a queue", mqdes=FD, msg_ptr=Received(), msg_len=SIZE, msg_prio=Out(one("I", UINT)), abs_timeout=TIMESPEC
    ),
    "mq_notify": row("be told of a message in a queue", mqdes=FD, sevp=SIGEVENT),
    "mq_getsetattr": row("ask or set a queue's attributes", mqdes=FD, newattr=ADDRESS, oldattr=ADDRESS),
}
