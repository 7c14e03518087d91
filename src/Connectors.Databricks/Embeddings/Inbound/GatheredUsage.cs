using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Embeddings.Inbound;

/// <summary>
/// The token counts of all requests of a call. A count that one response lacks is unknown: a sum of the others would be too low.
/// </summary>
internal static class GatheredUsage
{
    public static UsageDetails? Of(IReadOnlyList<EmbeddingsAnswer> answers)
    {
        var sum = new UsageDetails();
        var isComplete = true;
        var isAnyGiven = false;
        foreach (var answer in answers)
        {
            if (answer.Usage is { } usage)
            {
                sum.Add(usage);
            }

            isComplete &= answer.Usage is not null;
            isAnyGiven |= answer.Usage is not null;
        }

        if (!isAnyGiven)
        {
            return null;
        }

        sum.InputTokenCount = Known(sum.InputTokenCount, static usage => usage.InputTokenCount);
        sum.OutputTokenCount = Known(sum.OutputTokenCount, static usage => usage.OutputTokenCount);
        sum.TotalTokenCount = Known(sum.TotalTokenCount, static usage => usage.TotalTokenCount);
        return sum;

        long? Known(long? total, Func<UsageDetails, long?> count) =>
            isComplete && answers.All(answer => count(answer.Usage!) is not null) ? total : null;
    }
}
