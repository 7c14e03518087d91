namespace Connectors.Databricks.Emulator.Http;

/// <summary>The addresses of the emulator, available once it has started.</summary>
internal sealed class EmulatorAddresses(string workspaceId)
{
    public Uri? Workspace { get; set; }

    /// <summary>The address of route-optimized endpoints: a separate port, where the service has a separate host for each.</summary>
    public Uri? DataPlane { get; set; }

    /// <summary>The address of the workspace without a trailing slash, as the service writes it.</summary>
    public string WorkspaceText => Workspace!.GetLeftPart(UriPartial.Authority);

    /// <summary>The service puts the endpoint's id into the host name, too; a loopback address has none.</summary>
    public Uri EndpointUrl(string name) =>
        new(DataPlane!, $"{Uri.EscapeDataString(workspaceId)}/serving-endpoints/{Uri.EscapeDataString(name)}/invocations");
}
