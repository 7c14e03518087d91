using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace Web;

/// <summary>Keeps the spans of the last minutes for the status page. Spans have no prompts and no responses.</summary>
internal sealed class RecentTraces : BaseProcessor<Activity>
{
    private const int MaxSpans = 400;

    private static readonly string[] Tags =
    [
        "http.request.method", "url.path", "http.response.status_code", "gen_ai.request.model", "gen_ai.usage.input_tokens",
        "gen_ai.usage.output_tokens", "databricks.endpoint", "error.type",
    ];

    private readonly ConcurrentQueue<Span> _spans = new();

    public override void OnEnd(Activity data)
    {
        _spans.Enqueue(new Span(
            data.TraceId.ToHexString(), data.SpanId.ToHexString(), data.ParentSpanId.ToHexString(), data.DisplayName,
            new DateTimeOffset(data.StartTimeUtc), data.Duration.TotalMilliseconds, data.Status == ActivityStatusCode.Error,
            Tags.Select(tag => (tag, Value: data.GetTagItem(tag)?.ToString())).Where(tag => tag.Value is not null)
                .ToDictionary(tag => tag.tag, tag => tag.Value!)));
        while (_spans.Count > MaxSpans && _spans.TryDequeue(out _))
        {
        }
    }

    /// <summary>The newest traces with a chat, each with its spans in order of their start.</summary>
    public IEnumerable<IReadOnlyList<Span>> Chats(int count) =>
        _spans.ToArray().GroupBy(span => span.TraceId)
            .Where(trace => trace.Any(span => span.Name.StartsWith("chat", StringComparison.Ordinal)))
            .Select(trace => (IReadOnlyList<Span>)[.. trace.OrderBy(span => span.Start)])
            .OrderByDescending(trace => trace[0].Start).Take(count);

    internal sealed record Span(
        string TraceId, string SpanId, string ParentId, string Name, DateTimeOffset Start, double Milliseconds, bool IsError,
        IReadOnlyDictionary<string, string> Tags);
}
