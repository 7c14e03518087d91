using Connectors.Databricks.Sql.Analysis;

namespace Connectors.Databricks;

/// <summary>The requests to a served model in an inference table, of one day or of a period.</summary>
public sealed class ServedModelStatistics
{
    /// <summary>Gets the served model.</summary>
    public string ServedModel { get; init; } = string.Empty;

    /// <summary>Gets the day, in the time zone of the warehouse; <see langword="null"/> for a period.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Gets the number of logged requests.</summary>
    public long Requests { get; init; }

    /// <summary>Gets the number of requests with a status of 400 or more, or without a status.</summary>
    public long Errors { get; init; }

    /// <summary>Gets the share of requests with a status of 400 or more, or without a status, from 0 to 1.</summary>
    public double ErrorRate => Requests == 0 ? 0 : (double)Errors / Requests;

    /// <summary>Gets the mean latency; <see langword="null"/> when no request counts.</summary>
    public TimeSpan? MeanLatency { get; init; }

    /// <summary>Gets the median latency; <see langword="null"/> when no request counts.</summary>
    public TimeSpan? MedianLatency { get; init; }

    /// <summary>Gets the latency that 95 % of the requests do not exceed; <see langword="null"/> when no request counts.</summary>
    public TimeSpan? P95Latency { get; init; }

    /// <summary>Gets the latency that 99 % of the requests do not exceed; <see langword="null"/> when no request counts.</summary>
    public TimeSpan? P99Latency { get; init; }

    /// <summary>Gets the number of input tokens; <see langword="null"/> when no response reports usage.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Gets the number of output tokens; <see langword="null"/> when no response reports usage.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Formats rows as a table for a console.</summary>
    /// <param name="statistics">The rows.</param>
    /// <returns>The table, with a line for each row, in invariant culture.</returns>
    public static string ToTable(IEnumerable<ServedModelStatistics> statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        return StatisticsTable.Write(statistics);
    }
}
