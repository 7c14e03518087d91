using Connectors.Databricks.AspNetCore;
using Connectors.Databricks.AspNetCore.Authorization;
using Connectors.Databricks.AspNetCore.OpenAI;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds routes of the OpenAI API for the endpoints of a Databricks workspace.</summary>
public static class DatabricksOpenAIEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Adds <c>chat/completions</c>, <c>responses</c>, <c>embeddings</c> and <c>models</c>, so that any OpenAI client can call the
    /// endpoints of the registered <c>DatabricksServingClient</c>. The credential of the workspace stays in the app: clients authenticate
    /// to the app.
    /// </summary>
    /// <param name="endpoints">The route builder.</param>
    /// <param name="prefix">The prefix of the routes, such as <c>/v1</c>.</param>
    /// <param name="configure">Sets the options: the endpoints that clients may use, and limits.</param>
    /// <returns>The group of the routes, for authorization, rate limiting and other conventions.</returns>
    /// <exception cref="ArgumentException">No endpoint is allowed, or an option is invalid.</exception>
    public static RouteGroupBuilder MapOpenAICompatibility(
        this IEndpointRouteBuilder endpoints, string prefix, Action<DatabricksOpenAIOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new DatabricksOpenAIOptions();
        configure(options);
        OpenAIOptionsValidation.Validate(options);
        var routes = new OpenAIRoutes(new OpenAIBackend(options));
        var group = endpoints.MapGroup(prefix);
        OpenApiSchemas.Add(endpoints, OpenAISchemasContext.Default);
        OpenAIRouteDescriptions.ChatCompletions(group.MapPost("/chat/completions", (RequestDelegate)routes.ChatCompletionsAsync));
        OpenAIRouteDescriptions.Responses(group.MapPost("/responses", (RequestDelegate)routes.ResponsesAsync));
        OpenAIRouteDescriptions.Embeddings(group.MapPost("/embeddings", (RequestDelegate)routes.EmbeddingsAsync));
        OpenAIRouteDescriptions.Models(group.MapGet("/models", (RequestDelegate)routes.ModelsAsync));
        OpenAIRouteDescriptions.Model(group.MapGet("/models/{model}", (RequestDelegate)routes.ModelAsync));
        AnonymousRoutesWarning.Add(endpoints, group, prefix);
        return group;
    }
}
