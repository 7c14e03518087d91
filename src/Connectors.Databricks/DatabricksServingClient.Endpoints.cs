using Connectors.Databricks.Endpoints;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    private DatabricksEndpointClient? _endpoints;

    /// <summary>The endpoints of the workspace: which there are, what they serve, how they are, and how to change them.</summary>
    public virtual DatabricksEndpointClient Endpoints =>
        _endpoints ??= new(Connected(_options), Connected(_transport), _random, name => GetChatClient(name));
}
