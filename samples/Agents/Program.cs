using Agents;

// dotnet run --project samples/Agents                       every step, one after the other
// dotnet run --project samples/Agents -- 3                  one step
// dotnet run --project samples/Agents -- chat [endpoint]    a conversation in the terminal
return await CommandLine.RunAsync(args);
