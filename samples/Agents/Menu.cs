using Agents.Conversation;
using Spectre.Console;

namespace Agents;

/// <summary>Lets a person at the terminal choose what to run, the headline steps first.</summary>
internal static class Menu
{
    private const int SmallestPage = 16;

    // The title, the search and the hint have lines of their own.
    private const int OtherLines = 6;

    /// <returns>0, or 1 when a step failed.</returns>
    public static async Task<int> RunAsync(Workspace workspace)
    {
        var code = 0;
        while (true)
        {
            var choice = AnsiConsole.Prompt(Prompt());
            if (choice.Run is null)
            {
                return code;
            }

            code = Math.Max(code, await choice.Run(workspace));
            Console.WriteLine();
        }
    }

    private static SelectionPrompt<Choice> Prompt()
    {
        var prompt = new SelectionPrompt<Choice>
        {
            Title = "What do you want to see?",
            PageSize = Math.Max(SmallestPage, AnsiConsole.Profile.Height - OtherLines),
            WrapAround = true,
            SearchEnabled = true,
        };
        prompt.UseConverter(choice => Markup.Escape(choice.Title));
        prompt.AddChoiceGroup(new Choice("Start here", null), Steps(StepRunner.Headline));
        prompt.AddChoiceGroup(new Choice("More", null), Steps(StepRunner.Steps.Except(StepRunner.Headline)));
        prompt.AddChoiceGroup(
            new Choice("Or", null),
            new Choice("A conversation", workspace => Chat.RunAsync(workspace, workspace.Endpoint(Endpoints.Claude))),
            new Choice("Every step", workspace => StepRunner.RunAsync(workspace, StepRunner.Steps)),
            new Choice("Exit", null));
        return prompt;
    }

    private static IEnumerable<Choice> Steps(IEnumerable<IStep> steps) => steps.Select(step =>
        new Choice(StepRunner.Heading(step), workspace => StepRunner.RunAsync(workspace, [step])));

    private sealed record Choice(string Title, Func<Workspace, Task<int>>? Run);
}
