using System.Text;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.Inbound;

/// <summary>What a delta allocates: its update, its content and its text, and little else.</summary>
public class AllocationTests
{
    private const int Deltas = 1_000;
    private const int MostBytes = 500;

    [Fact]
    public void A_delta_allocates_at_most_500_bytes()
    {
        var item = Message.Replace("Hello", string.Concat(Enumerable.Repeat(" table", Deltas)), StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(Exchange.Events(
            [Created, .. Enumerable.Repeat(TextDelta(" table"), Deltas), Done(item), CompletedWith(item)]));
        Read(bytes);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var updates = Read(bytes);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(Deltas, updates.SelectMany(update => update.Contents).OfType<TextContent>().Count());
        Assert.InRange(allocated / Deltas, 1, MostBytes);
    }

    // All bytes are there, so that it runs on this thread from end to end.
    private static List<ChatResponseUpdate> Read(byte[] bytes)
    {
        var reading = ResponsesExchange.Collect(new MemoryStream(bytes));
        Assert.True(reading.IsCompleted);
        return reading.GetAwaiter().GetResult();
    }
}
