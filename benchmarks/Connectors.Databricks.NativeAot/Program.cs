using System.Diagnostics;
using Connectors.Databricks;
using Connectors.Databricks.NativeAot;

// Everything from the environment, as in production: the emulator's program sets it for this one.
var serving = DatabricksServingClient.FromEnvironment();
var started = Environment.TickCount64;
foreach (var (name, act) in SmokeChecks.All)
{
    var watch = Stopwatch.StartNew();
    Console.WriteLine($"{name,-8} {await act(serving)}  ({watch.Elapsed.TotalMilliseconds:F1} ms)");
    if (started != 0)
    {
        using var self = Process.GetCurrentProcess();
        Console.WriteLine($"first response {(DateTime.Now - self.StartTime).TotalMilliseconds:F0} ms after the process began");
        started = 0;
    }
}

using var process = Process.GetCurrentProcess();
Console.WriteLine(
    $"{process.WorkingSet64 / 1024 / 1024} MB of memory, program of {new FileInfo(Environment.ProcessPath!).Length / 1024.0 / 1024:F1} MB");
