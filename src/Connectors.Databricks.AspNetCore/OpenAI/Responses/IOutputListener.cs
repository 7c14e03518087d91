namespace Connectors.Databricks.AspNetCore.OpenAI.Responses;

/// <summary>Receives the output items while updates are read; not used for a document.</summary>
internal interface IOutputListener
{
    void Added(OutputItem item, int index);

    void Grew(OutputItem item, int index, string delta);

    void Done(OutputItem item, int index);
}
