using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connectors.Databricks.AspNetCore.Health;

/// <summary>The handler of the health route: runs the health checks, and sends their results.</summary>
internal sealed class HealthRoute(HealthCheckService checks, DatabricksHealthRouteOptions options)
{
    private readonly TimedValue<HealthReport> _report = new();
    private readonly Func<HealthCheckRegistration, bool>? _predicate = options.Predicate;
    private readonly TimeSpan _timeToLive = options.TimeToLive;
    private readonly HealthReportToJson _documents = new(options.IncludeDetails);

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var report = await _report.GetAsync(
                RouteContext.Clock(context),
                async stopped => (await checks.CheckHealthAsync(_predicate, stopped).ConfigureAwait(false), _timeToLive),
                context.RequestAborted).ConfigureAwait(false);
            var status = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            await JsonReply.SendAsync(context, status, report, _documents.Write).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (RouteContext.IsAbandoned(context))
        {
            // A response has no reader.
        }
    }
}
