using System.Net;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>A body whose first read fails.</summary>
internal sealed class BrokenContent(Exception failure) : HttpContent
{
    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new SlicedStream([], 1, failure));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.FromException(failure);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
