using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Connectors.Databricks.Emulator.Faults;

/// <summary>A response that is captured before it is sent.</summary>
internal sealed record BufferedResponse(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private static readonly byte[] Boundary = "\n\n"u8.ToArray();

    public bool IsStream => Headers.GetValueOrDefault("content-type")?.StartsWith("text/event-stream", StringComparison.Ordinal) is true;

    /// <summary>Captures a response.</summary>
    public static async Task<BufferedResponse> CaptureAsync(HttpContext context, Func<Task> write)
    {
        var socket = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        var catcher = new StreamResponseBodyFeature(body);
        context.Features.Set<IHttpResponseBodyFeature>(catcher);
        try
        {
            await write().ConfigureAwait(false);
            await catcher.CompleteAsync().ConfigureAwait(false);
        }
        finally
        {
            context.Features.Set(socket);
        }

        var headers = context.Response.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        headers.Remove("content-length");
        var answer = new BufferedResponse(context.Response.StatusCode, headers, body.ToArray());
        context.Response.Headers.Clear();
        return answer;
    }

    public BufferedResponse With(string header, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [header] = value } };

    /// <summary>The parts that are sent and flushed one by one: the events of a stream, or the one document.</summary>
    public IReadOnlyList<byte[]> Parts()
    {
        if (!IsStream)
        {
            return [Body];
        }

        List<byte[]> events = [];
        var start = 0;
        while (Body.AsSpan(start).IndexOf(Boundary) is >= 0 and int length)
        {
            events.Add(Body[start..(start + length + Boundary.Length)]);
            start += length + Boundary.Length;
        }

        return start < Body.Length ? [.. events, Body[start..]] : events;
    }

    /// <summary>Status line and headers, and those that frame the body.</summary>
    public byte[] Head(params string[] framing)
    {
        var head = new StringBuilder($"HTTP/1.1 {Status} Corrupted\r\n");
        foreach ((var name, var value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        foreach (var line in framing)
        {
            head.Append(line).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }
}
