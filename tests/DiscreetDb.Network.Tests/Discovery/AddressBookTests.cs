using System.Net;
using DiscreetDb.Core;
using DiscreetDb.TestKit;

namespace DiscreetDb.Network.Tests.Discovery;

public sealed class AddressBookTests
{
    private static readonly Uid Device = new(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 });
    private readonly FakeClock _clock = new();
    private readonly Store _store = new();

    [Fact]
    public void A_device_that_was_heard_of_is_due_at_once_and_then_ever_later()
    {
        AddressBook book = Open();
        book.Learn(Device, At(1));
        TimeSpan before = TimeSpan.Zero;
        for (int failures = 0; failures < 12; failures++)
        {
            Assert.Equal(Device, Assert.Single(book.TakeDue(10)).Device);
            Assert.Empty(book.TakeDue(10));
            Assert.Null(book.NextDue);
            book.Failed(Device);

            TimeSpan wait = book.NextDue!.Value - _clock.GetUtcNow();
            TimeSpan expected = TimeSpan.FromSeconds(Math.Min(600, Math.Pow(2, failures)));
            Assert.InRange(wait, expected / 2, expected * 1.5);
            Assert.NotEqual(before, wait);
            before = wait;
            _clock.Advance(wait);
        }
    }

    [Fact]
    public void The_address_that_worked_is_tried_first_and_kept()
    {
        AddressBook book = Open();
        for (byte i = 1; i <= 12; i++)
        {
            book.Learn(Device, At(i));
        }

        book.Connected(Device, At(7));

        Assert.Equal(AddressBook.MaxAddressCount, book.AddressesOf(Device).Count);
        Assert.Equal(At(7), book.AddressesOf(Device)[0]);
        Assert.Equal(book.AddressesOf(Device), Open().AddressesOf(Device));
    }

    [Fact]
    public void What_is_connected_is_not_dialled_and_what_was_lost_soon_again()
    {
        AddressBook book = Open();
        book.Learn(Device, At(1));
        book.TakeDue(1);
        book.Connected(Device, At(1));
        book.Failed(Device);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(book.TakeDue(10));

        book.Lost(Device);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Single(book.TakeDue(10));
    }

    [Fact]
    public void After_a_change_of_networks_everybody_is_due_within_a_second()
    {
        AddressBook book = Open();
        book.Learn(Device, At(1));
        for (int i = 0; i < 10; i++)
        {
            book.TakeDue(1);
            book.Failed(Device);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        book.TakeDue(1);
        book.Failed(Device);
        Assert.True(book.NextDue > _clock.GetUtcNow() + TimeSpan.FromMinutes(4));

        book.NetworkChanged();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(book.TakeDue(10));
    }

    [Fact]
    public void It_keeps_so_many_devices_and_drops_the_one_that_fails_most()
    {
        AddressBook book = Open();
        for (int i = 0; i < Limits.KnownDeviceCount; i++)
        {
            book.Learn(DeviceOf(i), At(1));
        }

        book.TakeDue(3);
        book.Failed(DeviceOf(1));
        book.Learn(Device, At(2));

        Assert.Equal(Limits.KnownDeviceCount, book.Count);
        Assert.Empty(book.AddressesOf(DeviceOf(1)));
        Assert.Single(book.AddressesOf(Device));
        book.Forget(Device);
        Assert.Empty(book.AddressesOf(Device));
        Assert.Empty(_store.Load().Single(s => s.Device == Device).Addresses);
    }

    private static IPEndPoint At(byte host) => new(new IPAddress([10, 0, 0, host]), 4_000);

    private static Uid DeviceOf(int index)
    {
        byte[] bytes = new byte[Uid.SizeBytes];
        BitConverter.TryWriteBytes(bytes, index);
        return new Uid(bytes);
    }

    private AddressBook Open() => new(_clock, new SeededRandomSource((ulong)SeededRandom.ChooseSeed()), _store);

    private sealed class Store : IAddressStore
    {
        private readonly Dictionary<Uid, IReadOnlyList<IPEndPoint>> _saved = [];

        public IEnumerable<(Uid Device, IReadOnlyList<IPEndPoint> Addresses)> Load() => _saved.Select(s => (s.Key, s.Value)).ToArray();

        public void Save(Uid device, IReadOnlyList<IPEndPoint> addresses) => _saved[device] = addresses;
    }
}
