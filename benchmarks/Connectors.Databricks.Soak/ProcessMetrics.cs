using System.Diagnostics;
using System.Net.NetworkInformation;

namespace Connectors.Databricks.Soak;

/// <summary>The resources of the process: memory after a full collection, handles, and connections to the emulator.</summary>
internal sealed record ProcessMetrics(string When, long HeapBytes, long WorkingSetBytes, int Handles, int Connections)
{
    public static ProcessMetrics Take(string when, int port)
    {
        // Twice, with pending finalizers in between.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var handles = Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : process.HandleCount;
        var connections = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Count(connection => connection.RemoteEndPoint.Port == port && connection.State == TcpState.Established);
        return new ProcessMetrics(when, GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64, handles, connections);
    }

    public override string ToString() =>
        $"| {When,6} | {HeapBytes / 1048576.0,8:F1} MiB | {WorkingSetBytes / 1048576.0,8:F1} MiB | {Handles,7} | {Connections,11} |";
}
