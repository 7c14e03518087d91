using System.Net;
using System.Text.Json;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.ModelHub.Endpoints;
using Connectors.Databricks.AspNetCore.ModelHub.LiteLLM;
using Connectors.Databricks.AspNetCore.Routing;
using Connectors.Databricks.Management;
using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>The handlers of the JSON routes.</summary>
internal sealed class ModelHubRoutes
{
    private readonly ProblemHandler _problems = new(includesServiceMessages: false);
    private readonly DetailCache _details = new();
    private readonly ModelHubSource _source;
    private readonly ListDocument _list;
    private readonly ListDocument _modelGroups;
    private readonly ListDocument _servingEndpoints;
    private readonly DetailsToJson _detailsToJson;
    private readonly Func<EndpointProfile, bool>? _filter;
    private readonly bool _includesMetrics;

    public ModelHubRoutes(DatabricksModelHubOptions options)
    {
        _source = new ModelHubSource(options);
        _filter = options.Filter;
        _includesMetrics = options.IncludeMetrics;
        var endpoints = new EndpointToJson(options);
        _detailsToJson = new DetailsToJson(endpoints);
        _list = new ListDocument(_filter, endpoints.WriteList);
        _modelGroups = new ListDocument(_filter, new ModelGroupsToJson(options).Write);
        var servingEndpoints = new ServingEndpointsToJson(options);
        _servingEndpoints = new ListDocument(
            _filter, (writer, listing) => servingEndpoints.Write(writer, listing, _source.Host));
    }

    public Task ListAsync(HttpContext context) => RunAsync(context, listing => _list.Get(listing).SendAsync(context, listing));

    public Task ModelGroupsAsync(HttpContext context) => RunAsync(context, listing =>
        IsOtherProvider(context)
            ? ModelHubDocument.Json(writer =>
            {
                writer.WriteStartArray();
                writer.WriteEndArray();
            }).SendAsync(context)
            : _modelGroups.Get(listing).SendAsync(context, listing));

    public Task ServingEndpointsAsync(HttpContext context) => RunAsync(context, listing =>
        listing.IsTable ? throw WithoutWorkspace() : _servingEndpoints.Get(listing).SendAsync(context, listing));

    public Task DetailsAsync(HttpContext context) => RunAsync(context, listing =>
    {
        var listed = Require(context, listing);
        return listing.IsTable
            ? ModelHubDocument.Json(writer => _detailsToJson.Write(writer, listed, isTable: true)).SendAsync(context)
            : DetailAsync(context, "details", listed, async () =>
            {
                var profile = await _source.Workspace.Directory.GetProfileAsync(listed.Name).ConfigureAwait(false);
                return ModelHubDocument.Json(writer => _detailsToJson.Write(writer, profile, isTable: false));
            });
    });

    public Task SignatureAsync(HttpContext context) => RunAsync(context, listing => DetailAsync(
        context, "signature", RequireEndpoint(context, listing), listed => _source.Workspace.Directory.GetSignatureAsync(listed),
        SignatureToJson.Write));

    public Task MetricsAsync(HttpContext context) => RunAsync(context, listing => DetailAsync(
        context, "metrics", _includesMetrics ? RequireEndpoint(context, listing) : throw InvalidRequests.ModelNotFound(),
        listed => _source.Workspace.Serving.GetManagementClient().Monitoring.GetMetricsAsync(listed),
        MetricsToJson.Write));

    private Task RunAsync(HttpContext context, Func<ModelHubListing, Task> send) => _problems.RunAsync(context, async () =>
    {
        CredentialQuery.Reject(context);
        await send(await _source.GetAsync(context).ConfigureAwait(false)).ConfigureAwait(false);
    });

    private Task DetailAsync<T>(
        HttpContext context, string kind, EndpointProfile listed, Func<string, Task<T>> read, Action<Utf8JsonWriter, T> write) =>
        DetailAsync(context, kind, listed, async () =>
        {
            try
            {
                var value = await read(listed.Name).ConfigureAwait(false);
                return ModelHubDocument.Json(writer => write(writer, value));
            }
            catch (DatabricksServingException exception) when (IsAbsent(exception))
            {
                return ModelHubDocument.None;
            }
        });

    // Many models have no signature, many endpoints no metrics, and both require a permission: none of this is a failure of the page.
    private static bool IsAbsent(DatabricksServingException exception) =>
        exception.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound;

    private async Task DetailAsync(HttpContext context, string kind, EndpointProfile listed, Func<Task<ModelHubDocument>> read)
    {
        var document = await _details.GetAsync(kind, listed.Name, RouteContext.Clock(context), read, context.RequestAborted)
            .ConfigureAwait(false);
        await document.SendAsync(context).ConfigureAwait(false);
    }

    /// <summary>Finds the endpoint in the list, so that a client cannot send other names to the workspace.</summary>
    private EndpointProfile Require(HttpContext context, ModelHubListing listing)
    {
        var name = context.Request.Query["name"].ToString();
        return name.Length == 0 ? throw InvalidRequests.Missing("name")
            : listing.Profiles.FirstOrDefault(profile => profile.Name == name) is { } listed && _filter?.Invoke(listed) is not false
                ? listed
                : throw InvalidRequests.ModelNotFound();
    }

    // Model services have no signature and no metrics, and models of the table are not deployed.
    private EndpointProfile RequireEndpoint(HttpContext context, ModelHubListing listing) =>
        Require(context, listing) is { IsModelService: false } listed && !listing.IsTable ? listed : throw InvalidRequests.ModelNotFound();

    private static bool IsOtherProvider(HttpContext context) =>
        context.Request.Query["provider"].ToString() is { Length: > 0 } provider &&
        !provider.Equals("databricks", StringComparison.OrdinalIgnoreCase);

    private static RejectedRequestException WithoutWorkspace() => new(new RequestError(
        StatusCodes.Status503ServiceUnavailable, RequestError.ServerError, "workspace_not_configured",
        "The app has no workspace or no credential, so that there are no endpoints."));
}
