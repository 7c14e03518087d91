using System.IO.Pipelines;
using System.Text;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>A response body that the test writes while it is being read.</summary>
internal sealed class LiveStream
{
    private readonly Pipe _pipe = new();

    public Stream Body => _pipe.Reader.AsStream();

    public async Task Send(string text) => await _pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(text));

    public Task SendEvent(string data) => Send($"data: {data}\n\n");

    /// <summary>Ends the body as a server does that closes in good order.</summary>
    public void End() => _pipe.Writer.Complete();

    /// <summary>Ends the body as a broken connection does.</summary>
    public void Break() => _pipe.Writer.Complete(new IOException("The connection was reset."));
}
