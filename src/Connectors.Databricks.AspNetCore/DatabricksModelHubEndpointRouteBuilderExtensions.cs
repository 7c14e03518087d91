using Connectors.Databricks.AspNetCore;
using Connectors.Databricks.AspNetCore.Authorization;
using Connectors.Databricks.AspNetCore.ModelHub;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds a model hub: a page and JSON routes that show what a Databricks workspace serves.</summary>
public static class DatabricksModelHubEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Adds a page with the endpoints and model services of the registered <c>DatabricksServingClient</c>, and the routes
    /// <c>public/model_hub</c> and <c>public/databricks/serving_endpoints</c> with the documents of LiteLLM. Read-only. Without a workspace
    /// or a credential, they show the built-in table of models.
    /// </summary>
    /// <param name="endpoints">The route builder.</param>
    /// <param name="prefix">The prefix of the routes, such as <c>/models</c>; the page has this path.</param>
    /// <param name="configure">Sets the options; <see langword="null"/> for the defaults.</param>
    /// <returns>The group of the routes, for authorization, rate limiting and other conventions.</returns>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    public static RouteGroupBuilder MapDatabricksModelHub(
        this IEndpointRouteBuilder endpoints, string prefix, Action<DatabricksModelHubOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var options = new DatabricksModelHubOptions();
        configure?.Invoke(options);
        ModelHubOptionsValidation.Validate(options);
        var group = endpoints.MapGroup(prefix);
        ModelHubMap.Add(group, options);
        AnonymousRoutesWarning.Add(endpoints, group, prefix);
        return group;
    }
}
