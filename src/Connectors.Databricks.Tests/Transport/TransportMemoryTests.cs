using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>Memory that a header could claim. It is counted for the whole process, so no other test runs in parallel.</summary>
[Collection(nameof(RunsAlone))]
public class TransportMemoryTests
{
    [Fact]
    public async Task An_announced_content_length_is_not_allocated_up_front()
    {
        using var content = new StreamContent(new SlicedStream([1], 1));
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentLength = 60L * 1024 * 1024;
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await Failure.Of(new VerbatimService().Answers(HttpStatusCode.OK, content));

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 4 * 1024 * 1024);
    }
}
