using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>
/// Describes a route for OpenAPI: the types are those of its documents, which are read and written without them. Routes with a
/// <c>RequestDelegate</c> have no description otherwise.
/// </summary>
internal sealed class RouteDescription(IEndpointConventionBuilder route, string summary, string description)
{
    /// <summary>Returns the descriptions of errors that are ProblemDetails.</summary>
    public static IEnumerable<(int Status, Type? Type, string[] ContentTypes)> Problems(params IEnumerable<int> statuses) =>
        statuses.Select(status => (status, (Type?)typeof(ProblemDetails), (string[])["application/problem+json"]));

    public void Add(Type? request, string signature, IEnumerable<(int Status, Type? Type, string[] ContentTypes)> responses)
    {
        route.WithSummary(summary).WithDescription(description).WithTags("Databricks");
        var method = typeof(RouteSignatures).GetMethod(signature, BindingFlags.Static | BindingFlags.Public)!;
        List<object> metadata = [method, .. method.GetParameters().Select(parameter => new RouteParameter(parameter))];
        if (request is not null)
        {
            metadata.Add(new AcceptsMetadata(["application/json"], request));
        }

        metadata.AddRange(responses.Select(response =>
            new ProducesResponseTypeMetadata(response.Status, response.Type ?? typeof(void), response.ContentTypes)));
        route.WithMetadata([.. metadata]);
    }

    /// <summary>A parameter of the path.</summary>
    private sealed class RouteParameter(ParameterInfo parameter) : IParameterBindingMetadata
    {
        public string Name => parameter.Name!;

        public bool HasTryParse => false;

        public bool HasBindAsync => false;

        public ParameterInfo ParameterInfo => parameter;

        public bool IsOptional => false;
    }
}
