namespace Connectors.Databricks.Emulator;

/// <summary>The kind of the emulated workspace: where foundation models are served, and under which names.</summary>
public enum EmulatedWorkspace
{
    /// <summary>Foundation models are served as endpoints and as model services; the gateway accepts both names.</summary>
    Classic,

    /// <summary>
    /// Foundation models are served as model services only: their endpoints return 403 on <c>/serving-endpoints</c>, and the names of these
    /// endpoints 501 on the gateway. Custom models, external models and agents are not affected. New workspaces are of this kind.
    /// </summary>
    GatewayEnforced,

    /// <summary>There is no Unity Gateway, as in government and China regions: foundation models are served as endpoints only.</summary>
    Sovereign,
}
