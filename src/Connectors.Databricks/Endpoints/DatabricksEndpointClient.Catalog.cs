namespace Connectors.Databricks.Endpoints;

public partial class DatabricksEndpointClient
{
    private readonly object _catalogGate = new();
    private ServingCatalog? _catalog;

    /// <summary>
    /// Every endpoint with what it can do, read at most once in five minutes. For other times make a <see cref="ServingCatalog"/> of your own.
    /// </summary>
    public virtual ServingCatalog Catalog
    {
        get
        {
            lock (_catalogGate)
            {
                return _catalog ??= new ServingCatalog(this);
            }
        }
    }

    internal DatabricksModelCapabilities Models => _settings?.Models ?? DatabricksModelCapabilities.BuiltIn;
}
