using System.Text;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.Chat.Fuzz;

namespace Connectors.Databricks.Tests.Fuzz;

/// <summary>A malformed metrics text is read, or rejected as such.</summary>
public class MetricsFuzzTests
{
    private static readonly string[] Texts =
    [
        """
        # HELP cpu_usage_percentage Average CPU usage
        # TYPE cpu_usage_percentage gauge
        cpu_usage_percentage{endpoint_name="a",replica="r-1",zone="é\"\\\n"} 12.5 1790000000.123
        # TYPE request_latency_ms histogram
        request_latency_ms_bucket{le="10"} 1
        request_latency_ms_bucket{le="+Inf"} 4 # {trace_id="x"} 9.8 1790000000
        request_latency_ms_sum 31.5
        request_latency_ms_count 4
        # TYPE request_count counter
        request_count_total 7
        request_count_created 1790000000
        # UNIT request_count requests
        # EOF

        """,
        "# TYPE a summary\na{quantile=\"0.5\"} NaN\na_sum -1e-3\na_count 0x10\nb +Inf 1790000000000\nc{} -Inf\n",
        "# TYPE \"a.b \\\"\" histogram\n# HELP \"a.b \\\"\" he\\\\lp \\\"\n{\"a.b \\\"_sum\",\"c d\"=\"e\"} 1\n"
            + "n{x=\"y\"} {count:2,sum:3,positive_spans:[0:2]}\nc{,} 2\n",
    ];

    [Fact]
    public Task A_malformed_text_is_read_or_rejected() => FuzzRun.RunAsync(Texts, Mutation.Of, bytes =>
    {
        try
        {
            _ = EndpointMetrics.Parse(Encoding.UTF8.GetString(bytes));
        }
        catch (FormatException)
        {
            // Refused.
        }

        return Task.CompletedTask;
    });
}
