using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>What a contender returned: used to verify that all of them did the same work.</summary>
/// <param name="text">When given, collects the text; for checks, not for measuring.</param>
internal sealed class Totals(StringBuilder? text = null)
{
    /// <summary>All updates, the ones without text included.</summary>
    public int Updates { get; private set; }

    /// <summary>Updates that hold text or reasoning.</summary>
    public int Deltas { get; private set; }

    /// <summary>The time of the first update, as a <see cref="Stopwatch"/> timestamp.</summary>
    public long FirstDeltaAt { get; private set; }

    public long Characters { get; private set; }

    public long? InputTokens { get; private set; }

    public long? OutputTokens { get; private set; }

    public string? Model { get; private set; }

    public void Add(ChatResponseUpdate update)
    {
        Updates++;
        var contents = update.Contents;
        for (var i = 0; i < contents.Count; i++)
        {
            switch (contents[i])
            {
                case TextContent content:
                    AddText(content.Text);
                    break;
                case TextReasoningContent reasoning:
                    AddText(reasoning.Text);
                    break;
                case UsageContent usage:
                    Finish(update.ModelId, usage.Details.InputTokenCount, usage.Details.OutputTokenCount);
                    break;
            }
        }
    }

    public void CountUpdate() => Updates++;

    public void AddText(string value)
    {
        if (value.Length > 0)
        {
            FirstDeltaAt = Deltas++ == 0 ? Stopwatch.GetTimestamp() : FirstDeltaAt;
            Characters += value.Length;
            text?.Append(value);
        }
    }

    public void Finish(string? model, long? inputTokens, long? outputTokens)
    {
        Model = model;
        InputTokens = inputTokens;
        OutputTokens = outputTokens;
    }
}
