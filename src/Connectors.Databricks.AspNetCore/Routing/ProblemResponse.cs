using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>Sends an error as ProblemDetails (RFC 9457).</summary>
internal static class ProblemResponse
{
    public static async Task SendAsync(HttpContext context, Problem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        // The service of the app, if it has one, applies CustomizeProblemDetails. It declines a client that accepts neither JSON type.
        if (context.RequestServices.GetService<IProblemDetailsService>() is { } service &&
            await service.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = Details(problem) })
                .ConfigureAwait(false))
        {
            return;
        }

        await JsonReply.SendAsync(context, problem.Status, problem, Write, "application/problem+json").ConfigureAwait(false);
    }

    private static ProblemDetails Details(Problem problem)
    {
        var details = problem.Errors is null ? new ProblemDetails() : new HttpValidationProblemDetails(problem.Errors.ToDictionary());
        (details.Status, details.Title, details.Detail) = (problem.Status, problem.Title, problem.Detail);
        details.Extensions["code"] = problem.Code;
        return details;
    }

    private static void Write(Utf8JsonWriter writer, Problem problem)
    {
        writer.WriteStartObject();
        problem.WriteMembers(writer);
        writer.WriteEndObject();
    }
}
