using System.Globalization;

namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>The requests that an endpoint served: the source of its metrics and logs.</summary>
internal sealed class ServingHistory(TimeProvider clock)
{
    private const int MostLines = 1000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Served> _served = [];

    private sealed class Served
    {
        public Queue<(DateTimeOffset At, int Status)> Recent { get; } = [];

        public LatencyHistogram Latency { get; } = new();

        public Queue<string> Lines { get; } = [];

        public Queue<string> BuildLines { get; } = [];
    }

    /// <summary>The requests of one served entity in the last minute, and the times of all.</summary>
    public (int All, int ClientErrors, int ServerErrors, LatencyHistogram Latency) Count(string entity)
    {
        lock (_lock)
        {
            var served = Of(entity);
            var since = clock.GetUtcNow() - Minute;
            while (served.Recent.TryPeek(out var oldest) && oldest.At <= since)
            {
                served.Recent.Dequeue();
            }

            int Between(int from, int to) => served.Recent.Count(request => request.Status >= from && request.Status < to);
            return (served.Recent.Count, Between(400, 500), Between(500, 600), served.Latency.Copy());
        }
    }

    public void Add(string entity, string path, int status, TimeSpan elapsed)
    {
        lock (_lock)
        {
            var served = Of(entity);
            served.Recent.Enqueue((clock.GetUtcNow(), status));
            served.Latency.Add(elapsed.TotalMilliseconds);
            var milliseconds = elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
            Append(served.Lines, $"POST {path} {status} {milliseconds} ms");
        }
    }

    public void AddBuildLine(string entity, string line)
    {
        lock (_lock)
        {
            Append(Of(entity).BuildLines, line);
        }
    }

    public string Lines(string entity, bool ofBuild)
    {
        lock (_lock)
        {
            return string.Concat((ofBuild ? Of(entity).BuildLines : Of(entity).Lines).Select(line => line + "\n"));
        }
    }

    private void Append(Queue<string> lines, string line)
    {
        var at = clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        lines.Enqueue($"[{at} +0000] [INFO] {line}");
        if (lines.Count > MostLines)
        {
            lines.Dequeue();
        }
    }

    private Served Of(string entity)
    {
        if (!_served.TryGetValue(entity, out var served))
        {
            _served[entity] = served = new Served();
        }

        return served;
    }
}
