// SPDX-License-Identifier: GPL-2.0
/*
 * Native Linux driver of QEMU's "edu" PCI device.
 *
 * This is the twin that the NT sample driver of the same device is measured
 * against, so it must be what a Linux driver author would be content with:
 * nothing on a request's path that the device, or a user who may be killed at
 * any time, does not need.
 *
 * Requests are serialised by edu->lock. The device interrupts once at the end
 * of each request, so that one completion is all the state there is between
 * the interrupt handler and the request.
 *
 * Asynchronous reads (AIO, io_uring) are queued. A work item takes the lock for
 * a whole run of them; within it the interrupt handler ends one and starts the
 * next, and wakes the work item when none is left.
 *
 * Lifetime: struct edu is held by the bound device, from probe until all its
 * managed resources (the interrupt handler among them) are gone, and by each
 * open file. remove() sets edu->gone under the lock: no request is in flight
 * by then and none touches the hardware afterwards. The module itself is held
 * by open files through the owner of the file operations.
 */
#include <linux/bitops.h>
#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kref.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <linux/workqueue.h>

#include "edu_native.h"
#include "../../ntcompat/linux/compat.h"

#define EDU_REG_ID		0x00
#define EDU_REG_FACTORIAL	0x08
#define EDU_REG_STATUS		0x20
#define EDU_REG_IRQ_STATUS	0x24
#define EDU_REG_IRQ_ACK		0x64
#define EDU_REG_DMA_SRC		0x80
#define EDU_REG_DMA_DST		0x88
#define EDU_REG_DMA_COUNT	0x90
#define EDU_REG_DMA_CMD		0x98

#define EDU_ID_MASK		0x0000ffff
#define EDU_ID			0x000000ed

#define EDU_STATUS_FACT_IRQ	0x80

#define EDU_DMA_START		BIT(0)
#define EDU_DMA_FROM_DEVICE	BIT(1)
#define EDU_DMA_IRQ		BIT(2)

/* Where the device's own memory begins, as its DMA engine counts. */
#define EDU_DEVICE_BUFFER	0x40000

/* The device takes 100 ms for a transfer and has 28 address lines. */
#define EDU_TIMEOUT		(2 * HZ)
#define EDU_DMA_BITS		28

/*
 * Up to this size, copying through the coherent buffer is cheaper than to pin
 * and map the caller's page.
 */
#define EDU_COPYBREAK		512

static bool msi = true;
module_param(msi, bool, 0444);
MODULE_PARM_DESC(msi, "use a message-signalled interrupt (default: on)");

/**
 * struct edu - one device
 * @mmio: BAR 0; valid until @gone
 * @pdev: the PCI device; valid until @gone
 * @buf: coherent buffer of EDU_NATIVE_BUFFER_SIZE bytes; protected by @lock
 * @buf_dma: the address of @buf for the device
 * @done: completed by the interrupt handler at the end of a request
 * @lock: serialises requests
 * @gone: no request may touch the hardware any more; protected by @lock
 * @queue_lock: protects @queue and @running
 * @queue: asynchronous reads; the device is at the first while @running
 * @running: the interrupt handler works on the queue
 * @run: works on the queue until it is empty; has a reference while queued
 * @pinning: the device reaches all of memory; constant after probe
 * @misc: the node
 * @ref: the bound device and each open file hold one
 * @id: the number of the node
 * @name: the name of the node
 */
struct edu {
	void __iomem *mmio;
	struct pci_dev *pdev;
	void *buf;
	dma_addr_t buf_dma;
	struct completion done;
	struct mutex lock; /* serialises requests */
	bool gone;
	bool pinning;
	bool running;
	spinlock_t queue_lock; /* protects queue and running */
	struct list_head queue;
	struct work_struct run;
	struct miscdevice misc;
	struct kref ref;
	int id;
	char name[24];
};

static DEFINE_IDA(edu_ida);

static void edu_free(struct kref *ref)
{
	struct edu *edu = container_of(ref, struct edu, ref);

	ida_free(&edu_ida, edu->id);
	kfree(edu);
}

static void edu_put(void *edu)
{
	kref_put(&((struct edu *)edu)->ref, edu_free);
}

static void edu_start_dma(struct edu *edu, dma_addr_t addr, u32 off, u32 len,
			  enum dma_data_direction dir);

/**
 * struct edu_read - an asynchronous read
 * @link: in the device's queue
 * @iocb: whom to tell
 * @page: where the data go; pinned, and marked dirty
 * @addr: the same for the device
 * @off: from there in the device
 * @len: bytes
 */
struct edu_read {
	struct list_head link;
	struct kiocb *iocb;
	struct page *page;
	dma_addr_t addr;
	u32 off;
	u32 len;
};

/* In any context. */
static void edu_read_end(struct edu *edu, struct edu_read *read, long result)
{
	dma_unmap_page(&edu->pdev->dev, read->addr, read->len, DMA_FROM_DEVICE);
	unpin_user_page(read->page);
	if (result > 0)
		read->iocb->ki_pos += result;
	read->iocb->ki_complete(read->iocb, result);
	kfree(read);
}

static struct edu_read *edu_first_read(struct edu *edu)
{
	return list_first_entry_or_null(&edu->queue, struct edu_read, link);
}

/* With queue_lock held. */
static bool edu_start_read(struct edu *edu)
{
	struct edu_read *read = edu_first_read(edu);

	edu->running = read;
	if (read)
		edu_start_dma(edu, read->addr, read->off, read->len, DMA_FROM_DEVICE);
	return read;
}

/* One has ended: start the next. Returns NULL when these are not read now. */
static struct edu_read *edu_next_read(struct edu *edu, bool *last)
{
	struct edu_read *read = NULL;

	spin_lock(&edu->queue_lock);
	if (edu->running) {
		read = edu_first_read(edu);
		list_del(&read->link);
		*last = !edu_start_read(edu);
	}
	spin_unlock(&edu->queue_lock);
	return read;
}

static irqreturn_t edu_interrupt(int irq, void *data)
{
	struct edu *edu = data;
	u32 status = readl(edu->mmio + EDU_REG_IRQ_STATUS);
	struct edu_read *read = NULL;
	bool last = true;

	if (!status)
		return IRQ_NONE;

	writel(status, edu->mmio + EDU_REG_IRQ_ACK);
	/* Only the holder of edu->lock changes it from false to true. */
	if (READ_ONCE(edu->running))
		read = edu_next_read(edu, &last);
	if (read)
		edu_read_end(edu, read, read->len);
	if (last)
		complete(&edu->done);
	return IRQ_HANDLED;
}

static int edu_lock(struct edu *edu)
{
	if (mutex_lock_killable(&edu->lock))
		return -EINTR;
	if (unlikely(edu->gone)) {
		mutex_unlock(&edu->lock);
		return -ENODEV;
	}
	return 0;
}

/*
 * The device cannot be told to stop. So a killed caller waits for the end all
 * the same, up to the timeout, lest the next request meets the interrupt of
 * this one or a transfer goes on into a page that is no longer ours. A device
 * that exceeds the timeout is cut off from memory and given up.
 */
static int edu_wait(struct edu *edu)
{
	long left = wait_for_completion_killable_timeout(&edu->done, EDU_TIMEOUT);

	if (likely(left > 0))
		return 0;
	if (left < 0 && wait_for_completion_timeout(&edu->done, EDU_TIMEOUT))
		return -EINTR;

	pci_clear_master(edu->pdev);
	edu->gone = true;
	dev_err(&edu->pdev->dev, "no interrupt, device given up\n");
	return -ETIMEDOUT;
}

/*
 * Move @len bytes between @addr in memory and @off in the device. 32-bit
 * writes do, for there are 28 address lines.
 */
static void edu_start_dma(struct edu *edu, dma_addr_t addr, u32 off, u32 len,
			  enum dma_data_direction dir)
{
	u32 mem = lower_32_bits(addr), dev = EDU_DEVICE_BUFFER + off;
	u32 cmd = EDU_DMA_START | EDU_DMA_IRQ;

	if (dir == DMA_FROM_DEVICE) {
		cmd |= EDU_DMA_FROM_DEVICE;
		writel(dev, edu->mmio + EDU_REG_DMA_SRC);
		writel(mem, edu->mmio + EDU_REG_DMA_DST);
	} else {
		writel(mem, edu->mmio + EDU_REG_DMA_SRC);
		writel(dev, edu->mmio + EDU_REG_DMA_DST);
	}
	writel(len, edu->mmio + EDU_REG_DMA_COUNT);
	writel(cmd, edu->mmio + EDU_REG_DMA_CMD);
}

static int edu_dma(struct edu *edu, dma_addr_t addr, u32 off, u32 len,
		   enum dma_data_direction dir)
{
	reinit_completion(&edu->done);
	edu_start_dma(edu, addr, off, len, dir);
	return edu_wait(edu);
}

/* The whole range lies in one page, which the device can reach: no copy. */
static int edu_transfer_pinned(struct edu *edu, unsigned long uaddr, u32 off,
			       u32 len, enum dma_data_direction dir)
{
	bool in = dir == DMA_FROM_DEVICE;
	struct page *page;
	dma_addr_t addr;
	int ret;

	ret = pin_user_pages_fast(uaddr, 1, in ? FOLL_WRITE : 0, &page);
	if (ret != 1)
		return ret < 0 ? ret : -EFAULT;

	ret = edu_lock(edu);
	if (ret)
		goto unpin;

	addr = dma_map_page(&edu->pdev->dev, page, offset_in_page(uaddr), len, dir);
	if (dma_mapping_error(&edu->pdev->dev, addr)) {
		ret = -ENOMEM;
		goto unlock;
	}
	ret = edu_dma(edu, addr, off, len, dir);
	dma_unmap_page(&edu->pdev->dev, addr, len, dir);
unlock:
	mutex_unlock(&edu->lock);
unpin:
	if (in)
		unpin_user_pages_dirty_lock(&page, 1, true);
	else
		unpin_user_page(page);
	return ret;
}

static int edu_transfer_copied(struct edu *edu, void __user *ubuf, u32 off,
			       u32 len, enum dma_data_direction dir)
{
	int ret;

	ret = edu_lock(edu);
	if (ret)
		return ret;

	if (dir == DMA_TO_DEVICE && copy_from_user(edu->buf, ubuf, len))
		ret = -EFAULT;
	if (!ret)
		ret = edu_dma(edu, edu->buf_dma, off, len, dir);
	if (!ret && dir == DMA_FROM_DEVICE && copy_to_user(ubuf, edu->buf, len))
		ret = -EFAULT;
	mutex_unlock(&edu->lock);
	return ret;
}

/*
 * Two ways, as network drivers have for what they receive. Small requests are
 * copied through a coherent buffer that is mapped once for all: that is some
 * ten instructions. A page is pinned and mapped where it is, about a thousand
 * instructions, while its copy is 4096 steps of "rep movsb" where each counts
 * (a processor with fast strings takes 64 bytes a step, and the choice would
 * be open there). What crosses a page border is rare and takes the copy.
 */
static int edu_transfer(struct edu *edu, void __user *ubuf, u32 off, u32 len,
			enum dma_data_direction dir)
{
	unsigned long uaddr = (unsigned long)ubuf;

	if (len > EDU_COPYBREAK && edu->pinning &&
	    offset_in_page(uaddr) + len <= PAGE_SIZE)
		return edu_transfer_pinned(edu, uaddr, off, len, dir);
	return edu_transfer_copied(edu, ubuf, off, len, dir);
}

static ssize_t edu_read(struct file *file, char __user *ubuf, size_t count,
			loff_t *ppos)
{
	loff_t pos = *ppos;
	int ret;

	if (pos >= EDU_NATIVE_BUFFER_SIZE || !count)
		return 0;
	count = min_t(size_t, count, EDU_NATIVE_BUFFER_SIZE - pos);

	ret = edu_transfer(file->private_data, ubuf, pos, count, DMA_FROM_DEVICE);
	if (ret)
		return ret;
	*ppos = pos + count;
	return count;
}

/* What is left of the queue when the device is gone, or has been given up. */
static void edu_fail_reads(struct edu *edu)
{
	struct edu_read *read, *next;
	LIST_HEAD(failed);

	spin_lock_irq(&edu->queue_lock);
	edu->running = false;
	list_splice_init(&edu->queue, &failed);
	spin_unlock_irq(&edu->queue_lock);
	list_for_each_entry_safe(read, next, &failed, link)
		edu_read_end(edu, read, -ENODEV);
}

/* As long as there is progress the time does not count. */
static bool edu_wait_for_reads(struct edu *edu)
{
	struct edu_read *before;

	do {
		before = READ_ONCE(edu->queue.next) == &edu->queue ? NULL : edu_first_read(edu);
		if (wait_for_completion_timeout(&edu->done, EDU_TIMEOUT))
			return true;
	} while (before != edu_first_read(edu));
	pci_clear_master(edu->pdev);
	edu->gone = true;
	dev_err(&edu->pdev->dev, "no interrupt, device given up\n");
	return false;
}

static void edu_run(struct work_struct *work)
{
	struct edu *edu = container_of(work, struct edu, run);
	bool running;

	mutex_lock(&edu->lock);
	reinit_completion(&edu->done);
	spin_lock_irq(&edu->queue_lock);
	running = !edu->gone && edu_start_read(edu);
	spin_unlock_irq(&edu->queue_lock);
	if (!running || !edu_wait_for_reads(edu))
		edu_fail_reads(edu);
	mutex_unlock(&edu->lock);
	edu_put(edu);
}

/* Marked dirty while one may sleep. */
static struct edu_read *edu_read_new(struct edu *edu, struct kiocb *iocb,
				     unsigned long uaddr, u32 len)
{
	struct edu_read *read = kmalloc(sizeof(*read), GFP_KERNEL_ACCOUNT);

	if (!read)
		return ERR_PTR(-ENOMEM);
	if (pin_user_pages_fast(uaddr, 1, FOLL_WRITE, &read->page) != 1) {
		kfree(read);
		return ERR_PTR(-EFAULT);
	}
	set_page_dirty_lock(read->page);
	read->iocb = iocb;
	read->off = iocb->ki_pos;
	read->len = len;
	read->addr = dma_map_page(&edu->pdev->dev, read->page, offset_in_page(uaddr), len,
				  DMA_FROM_DEVICE);
	if (!dma_mapping_error(&edu->pdev->dev, read->addr))
		return read;
	unpin_user_page(read->page);
	kfree(read);
	return ERR_PTR(-ENOMEM);
}

static int edu_queue_read(struct edu *edu, struct kiocb *iocb, unsigned long uaddr, u32 len)
{
	struct edu_read *read;
	bool wake;

	/* The mapping needs the device bound; whoever removes it takes the lock. */
	if (READ_ONCE(edu->gone))
		return -ENODEV;
	read = edu_read_new(edu, iocb, uaddr, len);
	if (IS_ERR(read))
		return PTR_ERR(read);
	spin_lock_irq(&edu->queue_lock);
	list_add_tail(&read->link, &edu->queue);
	wake = !edu->running;
	spin_unlock_irq(&edu->queue_lock);
	if (wake) {
		kref_get(&edu->ref);
		if (!queue_work(system_unbound_wq, &edu->run))
			edu_put(edu);
	}
	return -EIOCBQUEUED;
}

/*
 * What is not asynchronous, or not within one page, goes the way of read(2); of
 * several segments, the first.
 */
static ssize_t edu_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct edu *edu = iocb->ki_filp->private_data;
	void __user *ubuf;
	size_t count;

	if (!user_backed_iter(to))
		return -EINVAL;
	ubuf = nt_iter_segment(to, &count);
	if (is_sync_kiocb(iocb) || !edu->pinning || !count || count > PAGE_SIZE ||
	    offset_in_page(ubuf) + count > PAGE_SIZE ||
	    iocb->ki_pos > EDU_NATIVE_BUFFER_SIZE - count)
		return edu_read(iocb->ki_filp, ubuf, count, &iocb->ki_pos);
	return edu_queue_read(edu, iocb, (unsigned long)ubuf, count);
}

static ssize_t edu_write(struct file *file, const char __user *ubuf,
			 size_t count, loff_t *ppos)
{
	loff_t pos = *ppos;
	int ret;

	if (!count)
		return 0;
	if (pos >= EDU_NATIVE_BUFFER_SIZE)
		return -ENOSPC;
	count = min_t(size_t, count, EDU_NATIVE_BUFFER_SIZE - pos);

	ret = edu_transfer(file->private_data, (void __user *)ubuf, pos, count,
			   DMA_TO_DEVICE);
	if (ret)
		return ret;
	*ppos = pos + count;
	return count;
}

static loff_t edu_llseek(struct file *file, loff_t off, int whence)
{
	return fixed_size_llseek(file, off, whence, EDU_NATIVE_BUFFER_SIZE);
}

static int edu_factorial(struct edu *edu, u32 __user *arg)
{
	u32 n;
	int ret;

	if (get_user(n, arg))
		return -EFAULT;

	ret = edu_lock(edu);
	if (ret)
		return ret;
	reinit_completion(&edu->done);
	writel(n, edu->mmio + EDU_REG_FACTORIAL);
	ret = edu_wait(edu);
	if (!ret)
		n = readl(edu->mmio + EDU_REG_FACTORIAL);
	mutex_unlock(&edu->lock);

	return ret ?: put_user(n, arg);
}

static int edu_nop(u32 __user *arg)
{
	u32 value;

	return get_user(value, arg) ?: put_user(value, arg);
}

static long edu_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case EDU_NATIVE_NOP:
		return edu_nop((u32 __user *)arg);
	case EDU_NATIVE_FACTORIAL:
		return edu_factorial(file->private_data, (u32 __user *)arg);
	default:
		return -ENOTTY;
	}
}

/* misc_deregister() waits for us, hence the device is still bound here. */
static int edu_open(struct inode *inode, struct file *file)
{
	struct edu *edu = container_of(file->private_data, struct edu, misc);

	kref_get(&edu->ref);
	file->private_data = edu;
	return 0;
}

static int edu_release(struct inode *inode, struct file *file)
{
	edu_put(file->private_data);
	return 0;
}

static const struct file_operations edu_fops = {
	.owner		= THIS_MODULE,
	.open		= edu_open,
	.release	= edu_release,
	.llseek		= edu_llseek,
	.read		= edu_read,
	.read_iter	= edu_read_iter,
	.write		= edu_write,
	.unlocked_ioctl	= edu_ioctl,
	.compat_ioctl	= compat_ptr_ioctl,
};

static struct edu *edu_alloc(struct pci_dev *pdev)
{
	struct edu *edu;

	edu = kzalloc(sizeof(*edu), GFP_KERNEL);
	if (!edu)
		return NULL;

	edu->id = ida_alloc(&edu_ida, GFP_KERNEL);
	if (edu->id < 0) {
		kfree(edu);
		return NULL;
	}
	edu->pdev = pdev;
	kref_init(&edu->ref);
	mutex_init(&edu->lock);
	spin_lock_init(&edu->queue_lock);
	INIT_LIST_HEAD(&edu->queue);
	INIT_WORK(&edu->run, edu_run);
	init_completion(&edu->done);
	snprintf(edu->name, sizeof(edu->name), "edu_native%d", edu->id);
	edu->misc.minor = MISC_DYNAMIC_MINOR;
	edu->misc.name = edu->name;
	edu->misc.fops = &edu_fops;
	edu->misc.parent = &pdev->dev;
	return edu;
}

static int edu_setup_dma(struct edu *edu)
{
	struct device *dev = &edu->pdev->dev;
	int ret;

	ret = dma_set_mask_and_coherent(dev, DMA_BIT_MASK(EDU_DMA_BITS));
	if (ret)
		return ret;

	edu->buf = dmam_alloc_coherent(dev, EDU_NATIVE_BUFFER_SIZE,
				       &edu->buf_dma, GFP_KERNEL);
	if (!edu->buf)
		return -ENOMEM;

	edu->pinning = !dma_addressing_limited(dev);
	pci_set_master(edu->pdev);
	return 0;
}

static int edu_setup_irq(struct edu *edu)
{
	unsigned int types = PCI_IRQ_ALL_TYPES;
	struct pci_dev *pdev = edu->pdev;
	int ret;

	if (!msi)
		types &= ~(PCI_IRQ_MSI | PCI_IRQ_MSIX);
	ret = pci_alloc_irq_vectors(pdev, 1, 1, types);
	if (ret < 0)
		return ret;

	/* Whatever an earlier user of the device has left behind. */
	writel(readl(edu->mmio + EDU_REG_IRQ_STATUS), edu->mmio + EDU_REG_IRQ_ACK);

	return devm_request_irq(&pdev->dev, pci_irq_vector(pdev, 0),
				edu_interrupt, IRQF_SHARED, edu->name, edu);
}

static int edu_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct edu *edu;
	int ret;

	edu = edu_alloc(pdev);
	if (!edu)
		return -ENOMEM;

	/* First, so that it is undone last: the interrupt handler needs edu. */
	ret = devm_add_action_or_reset(&pdev->dev, edu_put, edu);
	if (ret)
		return ret;

	ret = pcim_enable_device(pdev);
	if (ret)
		return ret;

	ret = pcim_iomap_regions(pdev, BIT(0), KBUILD_MODNAME);
	if (ret)
		return ret;
	edu->mmio = pcim_iomap_table(pdev)[0];

	if ((readl(edu->mmio + EDU_REG_ID) & EDU_ID_MASK) != EDU_ID)
		return -ENODEV;

	ret = edu_setup_dma(edu);
	if (ret)
		return ret;

	ret = edu_setup_irq(edu);
	if (ret)
		return ret;
	writel(EDU_STATUS_FACT_IRQ, edu->mmio + EDU_REG_STATUS);

	pci_set_drvdata(pdev, edu);
	return misc_register(&edu->misc);
}

static void edu_remove(struct pci_dev *pdev)
{
	struct edu *edu = pci_get_drvdata(pdev);

	misc_deregister(&edu->misc);

	/* Waits for the request in flight; later ones see that we are gone. */
	mutex_lock(&edu->lock);
	edu->gone = true;
	mutex_unlock(&edu->lock);

	writel(0, edu->mmio + EDU_REG_STATUS);
}

static const struct pci_device_id edu_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{ }
};
MODULE_DEVICE_TABLE(pci, edu_ids);

static struct pci_driver edu_driver = {
	.name		= KBUILD_MODNAME,
	.id_table	= edu_ids,
	.probe		= edu_probe,
	.remove		= edu_remove,
};
module_pci_driver(edu_driver);

MODULE_DESCRIPTION("Native driver of QEMU's edu device, to compare with");
MODULE_LICENSE("GPL");
