using DiscreetDb.Events;

namespace DiscreetDb;

public sealed partial class Discreet
{
    /// <summary>
    /// Every event from this call on, also what happens before the first read. Ends when the database is closed. Each call
    /// is a subscriber of its own, and none slows the engine or another down: unread changes merge into one event, and of
    /// the rest the newest <see cref="Limits.EventQueueLength" /> wait.
    /// </summary>
    /// <param name="cancellationToken">Ends the events with <see cref="ErrorCode.Cancelled" />.</param>
    /// <example>
    /// <code>
    /// await foreach (DiscreetEvent happened in app.Events())
    /// {
    ///     if (happened is DiscreetEvent.DataChanged changed &amp;&amp; changed.Concerns("chat.Message"))
    ///     {
    ///         await ShowNewMessages();
    ///     }
    /// }
    /// </code>
    /// </example>
    public IAsyncEnumerable<DiscreetEvent> Events(CancellationToken cancellationToken = default) => new EventSequence(_events, cancellationToken);
}
