using Connectors.Databricks.AspNetCore.Errors;
using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>Runs the handler of a route, and sends its failure as ProblemDetails.</summary>
internal sealed class ProblemHandler(bool includesServiceMessages)
{
    public async Task RunAsync(HttpContext context, Func<Task> handle)
    {
        try
        {
            await handle().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (RouteContext.IsAbandoned(context))
        {
            // A response has no reader.
        }
        catch (Exception exception) when (RequestErrorFromException.IsHandled(exception) && !context.Response.HasStarted)
        {
            await ProblemResponse.SendAsync(context, Report(context, exception, null)).ConfigureAwait(false);
        }
    }

    /// <summary>Logs a failed call, and returns what the client receives.</summary>
    public Problem Report(HttpContext context, Exception exception, string? endpoint)
    {
        var error = RequestErrorFromException.Map(exception);
        if (exception is not RejectedRequestException)
        {
            RouteLog.Failed(
                RouteContext.Logger(context), RouteContext.Route(context), error.Status, error.Code, exception.GetType().Name,
                endpoint ?? (exception as DatabricksServingException)?.EndpointName);
        }

        return new Problem(WorkspaceHost.RemoveFrom(context, error), includesServiceMessages);
    }
}
