using System.Text.Json;
using Microsoft.Playwright;

namespace Connectors.Databricks.Browser.Tests.Performance;

/// <summary>
/// Measures the scripts of a page in processor time of its main thread, with what they call, such as the DOM. Other programs and other
/// threads do not count, unlike in a CPU profile, whose samples are in wall-clock time.
/// </summary>
internal sealed class ScriptTrace
{
    /// <summary>
    /// Compiling and running the modules, and what runs after an <c>await</c>, which the metric <c>ScriptDuration</c> does not count.
    /// </summary>
    private static readonly HashSet<string> Scripts =
        ["v8.compileModule", "v8.evaluateModule", "BlinkScheduler_PerformMicrotaskCheckpoint"];

    /// <summary>Checkpoints without microtasks follow each event of the browser, and last as long as the trace takes.</summary>
    private const double Empty = 0.01;

    private readonly ICDPSession _devTools;
    private readonly string _origin;
    private readonly List<JsonElement> _events = [];
    private readonly TaskCompletionSource _isComplete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ScriptTrace(ICDPSession devTools, string origin) => (_devTools, _origin) = (devTools, origin);

    public static async Task<ScriptTrace> StartAsync(ICDPSession devTools, string origin)
    {
        var trace = new ScriptTrace(devTools, origin);
        devTools.Event("Tracing.dataCollected").OnEvent += (_, data) => trace.Add(data!.Value.GetProperty("value"));
        devTools.Event("Tracing.tracingComplete").OnEvent += (_, _) => trace._isComplete.TrySetResult();
        await devTools.SendAsync("Tracing.start", new Dictionary<string, object>
        {
            ["transferMode"] = "ReportEvents",
            ["traceConfig"] = new Dictionary<string, object>
            {
                ["includedCategories"] = (string[])["v8", "toplevel"],
                ["excludedCategories"] = (string[])["*"],
            },
        });
        return trace;
    }

    /// <summary>Returns the time of the scripts, in milliseconds.</summary>
    public async Task<double> StopAsync()
    {
        await _devTools.SendAsync("Tracing.end");
        await _isComplete.Task;
        lock (_events)
        {
            var thread = ThreadOf(_events.First(IsOfPage));
            return _events.Where(item => ThreadOf(item) == thread && Scripts.Contains(NameOf(item)))
                .Select(MillisecondsOf).Where(time => time > Empty).Sum();
        }
    }

    private void Add(JsonElement events)
    {
        lock (_events)
        {
            _events.AddRange(events.EnumerateArray());
        }
    }

    // The trace has the whole browser.
    private bool IsOfPage(JsonElement item) => NameOf(item) == "v8.compileModule" &&
        item.GetProperty("args").GetProperty("fileName").GetString()!.StartsWith(_origin, StringComparison.Ordinal);

    private static double MillisecondsOf(JsonElement item) =>
        item.TryGetProperty("tdur", out var microseconds) ? microseconds.GetDouble() / 1_000 : 0;

    private static string NameOf(JsonElement item) => item.GetProperty("name").GetString()!;

    private static (int Process, int Thread) ThreadOf(JsonElement item) =>
        (item.GetProperty("pid").GetInt32(), item.GetProperty("tid").GetInt32());
}
