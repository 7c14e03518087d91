using System.Text.RegularExpressions;
using Connectors.Databricks.AspNetCore.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>Removes hosts of workspaces from messages of models, which may quote a URL.</summary>
internal static partial class WorkspaceHost
{
    private const string Removed = "[host]";

    public static RequestError RemoveFrom(HttpContext context, RequestError error)
    {
        var message = HostNames().Replace(error.Message, Removed);
        return error with
        {
            Message = HostOf(context) is { } host ? message.Replace(host, Removed, StringComparison.OrdinalIgnoreCase) : message,
            Summary = error.Summary,
        };
    }

    private static string? HostOf(HttpContext context)
    {
        try
        {
            return context.RequestServices.GetService<DatabricksServingClient>()?.Host.Authority;
        }
        catch (InvalidOperationException)
        {
            // The host is not known yet, or the client is a mock.
            return null;
        }
    }

    // Hosts of workspaces, route-optimized endpoints and apps, in all clouds; not docs.databricks.com.
    [GeneratedRegex(
        @"(?<![\w.-])[\w-]+(?:\.[\w-]+){0,4}\.(?:azuredatabricks\.net|databricks\.azure\.(?:us|cn)|databricksapps\.com|" +
        @"(?:cloud|gcp|dev)\.databricks\.(?:com|us|mil))(?![\w-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HostNames();
}
