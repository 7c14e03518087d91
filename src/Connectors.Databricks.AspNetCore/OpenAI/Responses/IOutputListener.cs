namespace Connectors.Databricks.AspNetCore.OpenAI.Responses;

/// <summary>Is told what becomes of the output items while updates are read; a document needs none of it.</summary>
internal interface IOutputListener
{
    void Added(OutputItem item, int index);

    void Grew(OutputItem item, int index, string delta);

    void Done(OutputItem item, int index);
}
