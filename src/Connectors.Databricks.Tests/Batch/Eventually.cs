using System.Diagnostics;

namespace Connectors.Databricks.Tests.Batch;

/// <summary>Waits for what other threads do; the limit is for tests that fail.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task IsTrue(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < Patience, "The condition did not become true.");
            await Task.Yield();
        }
    }
}
