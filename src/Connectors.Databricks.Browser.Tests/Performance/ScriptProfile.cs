using System.Text.Json;

namespace Connectors.Databricks.Browser.Tests.Performance;

/// <summary>
/// Reads a CPU profile of V8. The metric <c>ScriptDuration</c> does not count what runs after an <c>await</c> of a module.
/// </summary>
internal static class ScriptProfile
{
    /// <summary>The time in functions of an origin, with what they call, such as the DOM; without the scripts of the driver.</summary>
    public static double Milliseconds(JsonElement profile, string origin)
    {
        var nodes = profile.GetProperty("nodes").EnumerateArray().ToDictionary(node => node.GetProperty("id").GetInt32());
        HashSet<int> counted = [];

        void Count(int id, bool isBelow)
        {
            var node = nodes[id];
            isBelow |= node.GetProperty("callFrame").GetProperty("url").GetString()!.StartsWith(origin, StringComparison.Ordinal);
            if (isBelow)
            {
                counted.Add(id);
            }

            foreach (var child in node.TryGetProperty("children", out var children) ? children.EnumerateArray() : default)
            {
                Count(child.GetInt32(), isBelow);
            }
        }

        Count(profile.GetProperty("nodes")[0].GetProperty("id").GetInt32(), isBelow: false);

        // Each sample lasts until the next one.
        var samples = profile.GetProperty("samples").EnumerateArray().Select(sample => sample.GetInt32()).ToList();
        var deltas = profile.GetProperty("timeDeltas").EnumerateArray().Select(delta => delta.GetDouble()).ToList();
        return Enumerable.Range(0, samples.Count - 1).Where(index => counted.Contains(samples[index]))
            .Sum(index => Math.Max(0, deltas[index + 1])) / 1_000;
    }
}
